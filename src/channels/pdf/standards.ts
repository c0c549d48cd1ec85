/** Standards that templates may ask for in `conformance`: PDF/A-3 for archives (ISO 19005-3), PDF/UA-1 for everyone (ISO 14289-1). */
export const standards = ['pdf/a-3a', 'pdf/a-3u', 'pdf/a-3b', 'pdf/ua-1'] as const

export type Standard = (typeof standards)[number]

export function isStandard(text: unknown): text is Standard {
  return (standards as readonly unknown[]).includes(text)
}

/** Whether any of them is for archives. */
export function isArchived(asked: readonly Standard[]): boolean {
  return asked.some(standard => standard.startsWith('pdf/a'))
}
