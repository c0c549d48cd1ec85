/** Private-use signs that channels set merged texts by: a value that holds one would set the text in their place. */

const ownSigns = /[\uE000-\uE00F]/

/** Where the first of them stands; -1 where there is none. */
export function ownSignIn(text: string): number {
  return text.search(ownSigns)
}

const all = /[\uE000-\uE00F]/g

/** A value without them: no font of a mail shows one. */
export function withoutOwnSigns(value: string): string {
  return ownSigns.test(value) ? value.replace(all, '') : value
}

const setting = /[\t\uE000-\uE00F]/

/** A value in a text that is set into lines and columns once it is merged: a tab of its own is a blank, and makes no column. */
export function insideLine(value: string): string {
  return setting.test(value) ? withoutOwnSigns(value).replaceAll('\t', ' ') : value
}
