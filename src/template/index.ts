/** Templates: loading, audit, formats, wording, and merging with data. The home of handlebars and intl-messageformat. */
export { type Audited, type AuditRequest, auditTemplate } from './audit.ts'
export { currencyOf, formatFact, readFacts } from './facts.ts'
export { type DateStyle, dateStyles, type Formats, formatsOf } from './formats.ts'
export { headSchema } from './head.ts'
export { type ChannelFiles, loadTemplate } from './load.ts'
export { compileMerge, type Merge, type MergeRequest } from './merge.ts'
export { openPrepare, type Prepare } from './prepare.ts'
export { canonicalLocale, type Mapped, mapRecipient } from './recipient.ts'
