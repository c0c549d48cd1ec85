/** Networks that people are asked to follow (`mj-social`): each is named once, in the HTML and in the plain part. */
import type { DomNode } from 'html-to-text'

/** As they write themselves; what MJML calls `web` is named by whoever links to it. */
const names: Readonly<Record<string, string>> = {
  bluesky: 'Bluesky',
  dribbble: 'Dribbble',
  facebook: 'Facebook',
  github: 'GitHub',
  google: 'Google',
  instagram: 'Instagram',
  linkedin: 'LinkedIn',
  medium: 'Medium',
  pinterest: 'Pinterest',
  snapchat: 'Snapchat',
  soundcloud: 'SoundCloud',
  tiktok: 'TikTok',
  tumblr: 'Tumblr',
  twitter: 'Twitter',
  vimeo: 'Vimeo',
  x: 'X',
  xing: 'XING',
  youtube: 'YouTube',
}

/** The name behind `facebook` or `facebook-noshare`. */
export function networkName(name: string): string | undefined {
  const plain = name.replace(/-noshare$/, '')
  return Object.hasOwn(names, plain) ? names[plain] : undefined
}

/** Hosts of the networks whose icons MJML makes share the address that they are given, unless their name ends in `-noshare`. */
const sharing: Readonly<Record<string, RegExp>> = {
  facebook: /(^|\.)(facebook|fb)\.com$/,
  google: /(^|\.)google\.com$/,
  linkedin: /(^|\.)linkedin\.com$/,
  pinterest: /(^|\.)pinterest\.[a-z.]+$/,
  tumblr: /(^|\.)tumblr\.com$/,
  twitter: /(^|\.)(twitter|x)\.com$/,
  x: /(^|\.)(twitter|x)\.com$/,
  xing: /(^|\.)xing\.com$/,
}

/** Whether an icon would have readers share a page of its own network: a page of ours there, which it was to lead to. */
export function sharesPage(name: string, href: string): boolean {
  const hosts = Object.hasOwn(sharing, name) ? sharing[name] : undefined
  const host = /^https?:\/\/([^/?#:]+)/i.exec(href)?.[1]
  return hosts !== undefined && host !== undefined && hosts.test(host.toLowerCase())
}

/** The cell with the words of a row that has beside it nothing but an icon leading to the same address. */
export function wordsBesideIcon(row: DomNode): DomNode | undefined {
  const cells = (row.children ?? []).filter(({ type }) => type === 'tag')
  if (cells.length !== 2 || cells.some(({ name }) => name !== 'td')) return undefined
  const words = cells.find(cell => text(cell) !== '')
  const icon = cells.find(cell => text(cell) === '' && first(cell, 'img') !== undefined)
  if (words === undefined || icon === undefined) return undefined
  return address(words) === address(icon) ? words : undefined
}

const address = (cell: DomNode): string | undefined => first(cell, 'a')?.attribs?.['href']

function first(element: DomNode, name: string): DomNode | undefined {
  if (element.name === name) return element
  for (const child of element.children ?? []) {
    const found = first(child, name)
    if (found !== undefined) return found
  }
  return undefined
}

function text(element: DomNode): string {
  return element.type === 'text' ? (element.data ?? '').trim() : (element.children ?? []).map(text).join('')
}
