/** Reads what strace saw of a run, and finds what a power cut could tear: names given to files that were not on disk, and the like. */

/** `pid syscall(…) = result`, in the order in which the calls ended. */
export function tornBy(trace: string): readonly string[] {
  const torn: string[] = []
  const open = new Map<string, string>()
  const dirty = new Set<string>()
  /** Folders with entries that are not flushed. */
  const loose = new Set<string>()
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))
  const unfinished = new Map<string, string>()
  let renamed: string | undefined
  for (const raw of trace.split('\n')) {
    const [, pid = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(raw) ?? []
    if (rest.endsWith('<unfinished ...>')) {
      unfinished.set(pid, rest.slice(0, -'<unfinished ...>'.length))
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)
    const call = resumed === null ? rest : `${unfinished.get(pid) ?? ''}${resumed[1] ?? ''}`
    const result = Number(/=\s+(-?\d+)/.exec(call.slice(call.lastIndexOf(')')))?.[1] ?? -1)
    if (result < 0) continue
    const created = /^openat\([^,]+, "([^"]+)", ([A-Z_|]+)/.exec(call)
    if (created !== null) {
      const [, path = '', flags = ''] = created
      open.set(String(result), path)
      if (flags.includes('O_CREAT') && flags.includes('O_EXCL')) loose.add(folderOf(path))
      continue
    }
    const descriptor = /^\w+\((\d+)/.exec(call)?.[1] ?? ''
    const path = open.get(descriptor) ?? ''
    if (/^p?write(v|64)?\(/.test(call)) dirty.add(path)
    else if (/^f(data)?sync\(/.test(call)) {
      if (path.endsWith('/run.db-wal') && renamed !== undefined && loose.has(folderOf(renamed)))
        torn.push(`the ledger is committed before the folder of ${renamed} is flushed`)
      dirty.delete(path)
      loose.delete(path)
    } else if (/^mkdir(at)?\(/.test(call)) loose.add(folderOf(/"([^"]+)"/.exec(call)?.[1] ?? ''))
    else if (/^rename(at2?)?\(/.test(call)) {
      const [from = '', to = ''] = [...call.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name)
      for (const file of dirty)
        if (file === from || file.startsWith(`${from}/`)) torn.push(`${to} gets its name before ${file} is flushed`)
      for (const folder of loose)
        if (folder === from || folder.startsWith(`${from}/`))
          torn.push(`${to} gets its name before the folder ${folder} is flushed`)
      loose.add(folderOf(to))
      if (/\/lot-\d+$/.test(to)) renamed = to
    }
  }
  return torn
}
