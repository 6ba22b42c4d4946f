/** Answers that the test gives when it likes, in any order. */
export function server<I, T>() {
  const open: { input: I; answer(value: T): Promise<void>; fail(): Promise<void> }[] = []
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve))
  const fetch = (input: I) =>
    new Promise<T>((resolve, reject) => {
      open.push({
        input,
        answer(value) {
          resolve(value)
          return settle()
        },
        fail() {
          reject(new Error('away'))
          return settle()
        },
      })
    })
  return { fetch, open }
}
