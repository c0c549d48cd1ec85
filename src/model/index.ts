/**
 * The words of the house. Every room may import this one; it imports nothing.
 *
 * kit            brand, templates and job that a run is made with, read once and frozen beside it
 * brand          names, colours, type, images, senders
 * template       how one kind of document looks on each channel, and which data it needs
 * job            which data meets which template, on which channels
 * run            one execution of a job over one input, with a name, a period and a fixed date
 * row            one line of input, untrusted, with its place
 * communication  what has to be said to one recipient: id, recipient, locale, checked data
 * piece          one communication finished for one channel
 * receipt        what the ledger keeps of a piece
 * lot            a numbered bundle of communications that is pressed together
 * reject         a communication that could not be made, with every reason and all its rows
 * fact           a named value that must be the same on every channel
 * ledger         the durable account of a run
 * fault          a problem in the outside world, as a value
 *
 * Data flows one way: Row -> Communication -> Piece -> Receipt.
 */

export * from './brand.ts'
export * from './channel.ts'
export * from './codes.ts'
export * from './communication.ts'
export * from './country.ts'
export * from './failpoint.ts'
export * from './fault.ts'
export * from './forecast.ts'
export * from './guard.ts'
export * from './guessed.ts'
export * from './job.ts'
export * from './kit.ts'
export * from './linkssetting.ts'
export * from './literal.ts'
export * from './partials.ts'
export * from './piece.ts'
export * from './row.ts'
export * from './run.ts'
export * from './store.ts'
export * from './template.ts'
export * from './text/alphabets.ts'
export * from './text/broughtlinks.ts'
export { endings } from './text/endings.ts'
export * from './text/glue.ts'
export * from './text/keys.ts'
export * from './text/link.ts'
export * from './text/linkparts.ts'
export * from './text/oneline.ts'
export { owned } from './text/owned.ts'
export * from './text/ownlinks.ts'
export * from './text/ownsigns.ts'
export * from './text/ownwords.ts'
export * from './text/references.ts'
export * from './text/seek.ts'
export * from './trail.ts'
export * from './value.ts'
export * from './work.ts'
