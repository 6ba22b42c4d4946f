/**
 * A fault that nothing caught leaves the process in a state that nobody knows: it is said with its stack, and the process
 * comes to an orderly end with a code that is not 0, so that whatever watches over it starts it anew.
 * @param end called once; must end the process.
 */
export function onFault(say: (error: unknown, origin: string) => void, end: () => void): void {
  let isEnding = false
  const last = (origin: string) => (error: unknown) => {
    try {
      say(error, origin)
    } finally {
      // Whatever else breaks on the way out is said, and changes nothing.
      if (!isEnding) {
        isEnding = true
        end()
      }
    }
  }
  process.on('uncaughtException', last('uncaughtException'))
  process.on('unhandledRejection', last('unhandledRejection'))
}

/** The last word of a program that has no log. */
export function complain(program: string): (error: unknown, origin: string) => void {
  return (error, origin) => {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`${program}: ${origin}: ${what}\n`)
  }
}
