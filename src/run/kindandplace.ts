/** What may be told of an error that nobody foresaw: its kind and its place. What it says may quote a customer. */

/** `TypeError at run/stage/stage.js:12`. Frames of the stack alone are looked at: the message before them may look like one. */
export function kindAndPlace(error: unknown): string {
  if (!(error instanceof Error)) return `${typeof error} thrown`
  const { name, message, stack = '' } = error
  const told = stack.indexOf(message)
  const frames = told === -1 ? '' : stack.slice(told + message.length)
  const frame = /^\s+at .*?\(?([^()\s]+:\d+):\d+\)?$/m.exec(frames)?.[1]
  return frame === undefined ? name : `${name} at ${frame.replace(/^.*\/(src|dist|node_modules)\//, '')}`
}
