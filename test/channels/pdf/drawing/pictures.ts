/** SVGs that say, in few words each, all that is drawn as vectors. */

const svg = (inner: string, attributes = 'viewBox="0 0 120 80"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inner}</svg>`

export const pictures: Readonly<Record<string, string>> = {
  shapes:
    svg(`<rect x="4" y="4" width="30" height="20" rx="6" fill="#0B6E4F"/><rect x="40" y="4" width="30" height="20" rx="4" ry="10" fill="tomato"/>
    <circle cx="90" cy="14" r="10" fill="rgb(20, 80, 160)"/><ellipse cx="20" cy="50" rx="16" ry="9" fill="rebeccapurple"/>
    <line x1="40" y1="40" x2="70" y2="60" stroke="black" stroke-width="3"/><polyline points="76,40 86,60 96,40" fill="none" stroke="#c00" stroke-width="2"/>
    <polygon points="104 40 116 60 100 60" fill="#26c"/><circle r="0" fill="red"/>`),
  paths:
    svg(`<path d="M5 5h20v20H5z m4 4v12h12v-12z" fill="#333"/><path d="M35 25c0-20 20-20 20 0s20 20 20 0" fill="none" stroke="#0B6E4F" stroke-width="3"/>
    <path d="M85 25q10-25 20 0t12-5" fill="none" stroke="#b35" stroke-width="2"/><path d="M10 60a15 10 30 1 0 25-8zM50 60a12 12 0 01 24 0A12 12 0 0150 60" fill="#27a"/>
    <path d="M85.5.5l-.5.5M85 50-5.5 60M90 70A5 5 0 0 0 90 70L100 75" stroke="#000"/><path d="M100 50a8 8 0 0 0 8 8s8-2 8-12" fill="none" stroke="#000"/>`),
  rules: svg(
    `<path d="M30 5 45 50 5 22h50L15 50z" fill="#0B6E4F"/><path fill-rule="evenodd" d="M90 5 105 50 65 22h50L75 50z" fill="#0B6E4F"/>`,
  ),
  strokes:
    svg(`<g fill="none" stroke="#1B1F24" stroke-width="6"><path d="M10 30 25 10 40 30" stroke-linejoin="round" stroke-linecap="round"/>
    <path d="M50 30 65 10 80 30" stroke-linejoin="bevel" stroke-linecap="square"/><path d="M92 30 98 6 104 30" stroke-miterlimit="10"/>
    <path d="M10 50h100" stroke-width="3" stroke-dasharray="10 4 2"/><path d="M10 60h100" stroke-width="3" stroke-dasharray="8,4" stroke-dashoffset="-3"/>
    <path d="M10 70h100" stroke-width="4" stroke-dasharray="0 8" stroke-linecap="round"/></g>`),
  transforms:
    svg(`<g transform="translate(30 40) rotate(30)"><rect x="-15" y="-10" width="30" height="20" fill="#27a" stroke="#000" stroke-width="2"/></g>
    <rect width="20" height="20" transform="matrix(1 .3 -.4 1 70 8)" fill="#a52"/><circle r="8" transform="translate(95 55) scale(2 1)" fill="none" stroke="#000" stroke-width="3"/>
    <rect width="14" height="14" transform="translate(60,55)skewX(20)" fill="#5a2"/><rect width="10" height="10" transform="rotate(45 100 20) translate(95 15)" fill="#725"/>`),
  opacity:
    svg(`<g opacity=".5"><circle cx="25" cy="30" r="18" fill="#c00"/><circle cx="45" cy="30" r="18" fill="#00c"/></g>
    <circle cx="80" cy="30" r="18" fill="#c00" fill-opacity=".5"/><circle cx="98" cy="30" r="18" fill="#00c8"/>
    <rect x="10" y="56" width="40" height="16" opacity=".4" fill="#0a0" stroke="#000" stroke-width="6"/><rect x="70" y="56" width="40" height="16" fill="rgb(0 0 0 / 25%)"/>`),
  gradients:
    svg(`<defs><linearGradient id="a"><stop offset="0" stop-color="#0B6E4F"/><stop offset="50%" stop-color="gold"/><stop offset="1" stop-color="#c00"/></linearGradient>
    <linearGradient id="b" xlink:href="#a" gradientUnits="userSpaceOnUse" x1="60" y1="0" x2="110" y2="30" gradientTransform="rotate(10)"/>
    <radialGradient id="c"><stop offset=".2" stop-color="#fff"/><stop offset="1" stop-color="#039"/></radialGradient>
    <radialGradient id="d" gradientUnits="userSpaceOnUse" cx="85" cy="60" r="20" fx="78" fy="52" href="#c"/>
    <linearGradient id="e" x2="0" y2="1"><stop offset=".5" stop-color="#222"/><stop offset=".5" stop-color="#ddd"/></linearGradient></defs>
    <rect x="5" y="5" width="45" height="25" fill="url(#a)"/><rect x="60" y="5" width="50" height="25" fill="url('#b')"/>
    <ellipse cx="28" cy="60" rx="22" ry="14" fill="url(#c)"/><circle cx="85" cy="60" r="18" fill="url(#d)"/>
    <path d="M52 40v36" stroke="url(#a)" stroke-width="6" fill="none"/><path d="M8 74h40l8-30" stroke="url(#a)" stroke-width="4" fill="none"/><rect x="106" y="44" width="10" height="30" fill="url(#e)"/><rect x="58" y="40" width="6" height="36" fill="url(#none) teal"/>`),
  clips:
    svg(`<defs><clipPath id="a"><circle cx="30" cy="30" r="20"/></clipPath><clipPath id="b" clipPathUnits="objectBoundingBox"><path d="M.5 0 1 .5 .5 1 0 .5z"/></clipPath>
    <clipPath id="c"><rect x="10" y="56" width="20" height="20"/><use xlink:href="#r" x="40"/></clipPath><rect id="r" y="56" width="20" height="20"/>
    <clipPath id="d"><path clip-rule="evenodd" d="M85 45h30v30h-30zM92 52h16v16h-16z"/></clipPath></defs>
    <g clip-path="url(#a)"><rect width="60" height="60" fill="#0B6E4F"/><rect width="30" height="30" fill="gold"/></g>
    <rect x="65" y="8" width="50" height="30" fill="#27a" clip-path="url(#b)"/><rect y="50" width="75" height="40" fill="#a52" clip-path="url(#c)"/>
    <rect width="120" height="80" fill="#222" clip-path="url(#d)"/>`),
  uses: svg(`<defs><g id="leaf"><path d="M0 0q10-12 20 0q-10 12-20 0"/></g><symbol id="mark" viewBox="0 0 10 10"><circle cx="5" cy="5" r="7" fill="#c00"/><path d="M2 5h6" stroke="#fff"/></symbol></defs>
    <use href="#leaf" x="5" y="20" fill="#0B6E4F"/><use xlink:href="#leaf" transform="translate(60 20) scale(2)" fill="gold"/>
    <use href="#mark" x="10" y="40" width="30" height="30"/><use href="#mark" x="50" y="45" width="50" height="20"/>
    <svg x="100" y="50" width="16" height="24" viewBox="0 0 8 8" preserveAspectRatio="xMaxYMin slice"><rect width="8" height="8" fill="#27a"/><circle cx="8" r="4" fill="#fff"/></svg>`),
  styles:
    svg(`<style>/* as drawing programs write them */ .a, .b { fill: #0B6E4F } .b{fill:none;stroke:#c00;stroke-width:4px} rect.c { fill: gold } #d { fill: navy; }</style>
    <g color="#725"><rect class="a" x="5" y="5" width="30" height="20"/><rect class="a b" x="45" y="5" width="30" height="20"/><rect class="a c" x="85" y="5" width="30" height="20" fill="red"/>
    <circle id="d" class="a" cx="20" cy="55" r="12"/><circle class="a" style="fill: currentColor; stroke: inherit" cx="55" cy="55" r="12"/><circle cx="95" cy="55" r="12" fill="red" display="none"/>
    <g visibility="hidden"><circle cx="95" cy="55" r="12"/><circle visibility="visible" cx="100" cy="60" r="6"/></g></g>`),
  aspect: svg(
    `<rect width="20" height="20" fill="#0B6E4F"/><circle cx="10" cy="10" r="10" fill="gold"/>`,
    'width="120" height="60" viewBox="0 0 20 20" preserveAspectRatio="xMinYMax meet"',
  ),
  program: `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Made by a drawing program -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://inkscape.example" version="1.1" width="40mm" height="20mm" viewBox="0 0 400 200" style="enable-background:new 0 0 400 200;" xml:space="preserve" inkscape:version="1">
<metadata><rdf:RDF xmlns:rdf="x"><rdf:li>a</rdf:li></rdf:RDF></metadata><inkscape:namedview id="n"/><title>x</title>
<g inkscape:label="Layer" style="display:inline"><path style="fill:#0b6e4f;fill-opacity:1;stroke:none" d="M 20,20 H 180 V 180 H 20 Z"/><path d="m 220,20 c 90,0 160,70 160,160 h -160 z" style="font-variation-settings:normal;fill:#ffcc00;-inkscape-stroke:none"/></g></svg>`,
}
