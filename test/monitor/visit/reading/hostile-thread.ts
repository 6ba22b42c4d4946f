import readInThread, { type ThreadOrder } from '../../../../server/monitor/visit/reading/thread.ts'

/** A thread that does what a page might make it do, by the first word of the page. */
export default function misbehave(order: ThreadOrder) {
  const [word] = Buffer.from(order.bytes).toString().split(' ')
  if (word === 'throw') throw new TypeError('of ours')
  if (word === 'end') process.exit(3)
  for (const all: unknown[] = []; word === 'eat'; ) all.push(new Array(100_000).fill(word))
  for (; word === 'hang'; ) {}
  return readInThread(order)
}
