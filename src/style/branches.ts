/** Branches of a template: its text as readers may get it, each branch of each block in its place once, lines kept. */

/** A stretch of text, or a block. */
type Node = string | Block

interface Block {
  /** One is empty where a block has no `else`: what stands around it is read without it, too. */
  readonly branches: Branch[]
}

interface Branch {
  readonly nodes: Node[]
  /** Whether all of it has been in a text. */
  read: boolean
}

const tag = /\{\{~?(?:!--.*?--|[^}]*)~?\}\}/gs

/** As few texts as it takes; tags of blocks and what is not read leave their line ends. */
export function branchesOf(source: string): readonly string[] {
  const root = parse(source)
  const texts: string[] = []
  do texts.push(next(root))
  while (!root.read)
  return texts
}

function parse(source: string): Branch {
  const root = newBranch()
  const open: { readonly block: Block; rest: boolean }[] = []
  let branch = root
  let from = 0
  const stack: Branch[] = []
  for (const { 0: written, index } of source.matchAll(tag)) {
    const inner = written.replace(/^\{\{~?\s*|\s*~?\}\}$/g, '')
    const opens = /^[#^]\s*[^\s]/.test(inner)
    const parts = /^(?:else\b|\^$)/.test(inner)
    if (!opens && !parts && !inner.startsWith('/')) continue
    const innermost = open.at(-1)
    if (!opens && innermost === undefined) continue
    branch.nodes.push(source.slice(from, index) + lineEnds(written))
    from = index + written.length
    if (opens) {
      const block: Block = { branches: [newBranch()] }
      branch.nodes.push(block)
      stack.push(branch)
      open.push({ block, rest: false })
      branch = block.branches[0]!
    } else if (parts) {
      branch = newBranch()
      innermost!.block.branches.push(branch)
      innermost!.rest = !/^else\s+\S/.test(inner)
    } else {
      if (!innermost!.rest) innermost!.block.branches.push(newBranch())
      open.pop()
      branch = stack.pop()!
    }
  }
  branch.nodes.push(source.slice(from))
  return root
}

const newBranch = (): Branch => ({ nodes: [], read: false })

/** The next text: of each block a branch that has not been read to its end, the first where all have. */
function next(branch: Branch): string {
  const text = branch.nodes.map(node => {
    if (typeof node === 'string') return node
    const chosen = node.branches.find(({ read }) => !read) ?? node.branches[0]!
    return node.branches.map(one => (one === chosen ? next(one) : linesOf(one))).join('')
  })
  branch.read = branch.nodes.every(node => typeof node === 'string' || node.branches.every(({ read }) => read))
  return text.join('')
}

function linesOf({ nodes }: Branch): string {
  return nodes.map(node => (typeof node === 'string' ? lineEnds(node) : node.branches.map(linesOf).join(''))).join('')
}

function lineEnds(text: string): string {
  return text.replace(/[^\n]/g, '')
}
