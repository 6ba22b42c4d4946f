import { expect, test } from 'vitest'
import { sizeOfJpeg } from '../../../server/monitor/pictures/jpeg.ts'
import { copyOf } from '../../../server/monitor/pictures/keep.ts'
import { PNG } from '../../people/files/files.ts'
import { picture } from './picture.ts'

test('the size of a picture is read from the picture itself', () => {
  expect(sizeOfJpeg(picture(1280, 720))).toEqual({ width: 1280, height: 720 })
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['another kind of picture', PNG],
  ['a page', Buffer.from('<html><script>alert(1)</script></html>')],
  ['one that is cut off before it says its size', picture(1280, 720).subarray(0, 20)],
  ['one that says that it is nothing', picture(0, 0)],
  ['one whose parts lead nowhere', Buffer.concat([Buffer.from('ffd8ffe0ffff', 'hex'), Buffer.alloc(40)])],
])('%s is none', (_, bytes) => expect(sizeOfJpeg(bytes)).toBeNull())

test.each([
  ['too wide', picture(2001, 100)],
  ['too high', picture(100, 8001)],
  ['too heavy', Buffer.concat([picture(100, 100), Buffer.alloc(1_000_000)])],
])('what is %s is not kept', (_, bytes) => expect(copyOf(bytes)).toBeNull())
