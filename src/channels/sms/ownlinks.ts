/** Links of a finished message: each has to be the wording's own, since data may put one together out of two harmless values. */
import { linkIn } from '../../model/index.ts'
import { says, type Wording, wholly } from './optout.ts'

/** Whether a message has a link that its own words do not say. `source`: the template, whose words are its own. */
export function isPutTogether(message: string, source: string, wording: Wording): boolean {
  const passed = new Set(wording.links)
  for (let found = linkIn(message, passed); found !== undefined; found = linkIn(message, passed)) {
    const host = /^[a-z0-9+.-]+:\/\/(?:[^/?#]*@)?([^/?#:]+)/.exec(found)?.[1] ?? found
    if (passed.has(host.toLowerCase())) return false
    const said = new RegExp(wholly(host), 'iu')
    if (!said.test(source) && said.test(message) && !says(message, { said, words: host, byLink: false }, wording))
      return true
    passed.add(host.toLowerCase())
  }
  return false
}
