/** How long numbers are that begin alike, told from the pattern of a plan: digits, sets of them, groups, choices and counts. */

/** Says of a beginning how many digits the numbers of the pattern may have that begin so: `7[01]\d{2,3}` and 71 give 4 and 5, and 72 none. */
export function compileLengths(pattern: string): (head: string) => ReadonlySet<number> {
  const signs = pattern.match(/\\d|\[[\d-]+\]|\d|\(\?:|[)|?]|\{\d+(?:,\d+)?\}/g) ?? []
  if (signs.join('') !== pattern) throw new Error(`the pattern of a plan has signs that are not known: ${pattern}`)
  const ends = choice(signs.reverse())
  return head => new Set([...ends(new Set([0]), head)].filter(digits => digits >= head.length))
}

/** Where a part of the pattern may end that begins at one of some places. Behind the head any digit may stand. */
type Ends = (from: ReadonlySet<number>, head: string) => ReadonlySet<number>

/** Signs that are left, the next one last. */
type Signs = string[]

function choice(signs: Signs): Ends {
  const ways = [sequence(signs)]
  while (signs.at(-1) === '|') {
    signs.pop()
    ways.push(sequence(signs))
  }
  return (from, head) => new Set(ways.flatMap(way => [...way(from, head)]))
}

function sequence(signs: Signs): Ends {
  const steps: Ends[] = []
  while (signs.length > 0 && signs.at(-1) !== '|' && signs.at(-1) !== ')') steps.push(counted(signs))
  return (from, head) => steps.reduce((so, step) => step(so, head), from)
}

function counted(signs: Signs): Ends {
  const one = single(signs)
  const count = /^\?|^\{(\d+)(?:,(\d+))?\}/.exec(signs.at(-1) ?? '')
  if (count === null) return one
  signs.pop()
  const [, least = '0', most = count[1] ?? '1'] = count
  return (from, head) => {
    const ends = new Set<number>()
    let at = from
    for (let times = 0; times <= Number(most); times += 1) {
      if (times >= Number(least)) for (const end of at) ends.add(end)
      at = one(at, head)
    }
    return ends
  }
}

function single(signs: Signs): Ends {
  const sign = signs.pop() ?? ''
  if (sign === '(?:') {
    const inner = choice(signs)
    signs.pop()
    return inner
  }
  const digit = new RegExp(sign)
  return (from, head) =>
    new Set([...from].flatMap(at => (at >= head.length || digit.test(head.charAt(at)) ? [at + 1] : [])))
}
