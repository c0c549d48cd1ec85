/** Elements of HTML that hold nothing (HTML 13.1.2, "void elements"): they have no end, and one that is written is passed over. */
export const empty: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta source track wbr'.split(' '),
)
