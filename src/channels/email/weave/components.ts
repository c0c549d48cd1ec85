/** What MJML's components take: tables that say where a Handlebars tag can stand. */

/** Components whose content is HTML that MJML passes on as it is. */
export const holdsHtml: ReadonlySet<string> = new Set(
  'mj-accordion-text mj-accordion-title mj-button mj-navbar-link mj-raw mj-social-element mj-table mj-text'.split(' '),
)

/** Components whose content is text. */
export const holdsText: ReadonlySet<string> = new Set(['mj-title', 'mj-preview', 'mj-style', 'mj-html-attribute'])

/** Components between whose children a block can stand, since MJML lets `mj-raw` through there. */
export const takesBlocks: ReadonlySet<string> = new Set(
  'mj-body mj-wrapper mj-section mj-group mj-column mj-hero mj-social mj-accordion mj-accordion-element'.split(' '),
)

/** Components between whose children a value or partial can stand: as if it stood in `mj-text`. */
export const takesText: ReadonlySet<string> = new Set(['mj-column', 'mj-hero'])

/** Components whose children MJML puts into rows of a table, all but `mj-raw`. */
export const makesRows: ReadonlySet<string> = new Set(['mj-column', 'mj-hero'])

/** Components that MJML gives random ids, `mj-navbar` with this attribute alone: the same template would not give the same bytes. */
export const random: ReadonlySet<string> = new Set(['mj-carousel'])
export const randomAttribute = 'hamburger'

/** All other components, and what may stand in the head. */
const others =
  'mjml mj-head mj-body mj-navbar mj-attributes mj-all mj-class mj-breakpoint mj-font mj-html-attributes mj-selector mj-carousel-image mj-divider mj-image mj-spacer'

export const components: ReadonlySet<string> = new Set([
  ...holdsHtml,
  ...holdsText,
  ...takesBlocks,
  ...random,
  ...others.split(' '),
])

/** Attributes of components that data may reach; the others are style, and fixed once for all messages. */
export const openAttribute = /^(href|src|alt|title|name|rel|target|lang|dir|css-class|aria-.+)$/

/** Attributes of all components, for what a misspelt one was meant to be. */
export const attributeNames: ReadonlySet<string> = new Set(
  `align alt background-color background-height background-position background-position-x background-position-y
  background-repeat background-size background-url background-width border border-bottom border-color border-left
  border-radius border-right border-style border-top border-width cellpadding cellspacing color
  container-background-color css-class direction fluid-on-mobile font-family font-size font-style font-weight full-width
  gap height href icon-align icon-height icon-padding icon-position icon-size icon-unwrapped-alt icon-unwrapped-url
  icon-width icon-wrapped-alt icon-wrapped-url id inline inner-background-color inner-border inner-border-bottom
  inner-border-left inner-border-radius inner-border-right inner-border-top inner-padding inner-padding-bottom
  inner-padding-left inner-padding-right inner-padding-top letter-spacing line-height max-height mj-class mode name
  padding padding-bottom padding-left padding-right padding-top rel role sizes src srcset table-layout target text-align
  text-decoration text-padding text-transform title usemap vertical-align width`.split(/\s+/),
)
