/** The part of linebreak 1.1 that is used here; the package brings no types. */
declare module 'linebreak' {
  class LineBreaker {
    constructor(text: string)
    /** The next place where a line may end; the end of the text is the last one, then null. */
    nextBreak(): { readonly position: number; readonly required: boolean } | null
  }
  // biome-ignore lint/style/noDefaultExport: it is how the package exports it
  export { LineBreaker as default }
}
