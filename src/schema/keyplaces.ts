/** Where the keys of a JSON object stand in its text: for faults about one entry of a file that is good JSON. */

/** Lines and columns count from 1. */
export interface KeyPlace {
  readonly line: number
  readonly column: number
}

const part = /"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[{}[\]]/g

/** Of the outermost object alone, by key. The text has been parsed: what is not JSON is not noticed here. */
export function keyPlaces(text: string): Readonly<Record<string, KeyPlace>> {
  const places: [string, KeyPlace][] = []
  let depth = 0
  let [line, seen] = [1, 0]
  for (const { index, 0: found } of text.matchAll(part)) {
    if (found === '{' || found === '[') depth += 1
    else if (found === '}' || found === ']') depth -= 1
    else if (depth === 1 && found.endsWith(':')) {
      line += text.slice(seen, index).split('\n').length - 1
      seen = index
      places.push([JSON.parse(found.slice(0, -1)) as string, { line, column: index - text.lastIndexOf('\n', index) }])
    }
  }
  return Object.fromEntries(places)
}
