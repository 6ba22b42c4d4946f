import type { Page } from 'playwright-core'

/** How bright a tile is on the whole, 0 to 255, as an eye without colour sees it from afar. */
export interface Brightness {
  readonly classes: string
  readonly grey: number
}

/** The screen in grey at a quarter of its size, and how bright each tile that is wrong is in it. */
export async function tilesInGrey(page: Page): Promise<Brightness[]> {
  const png = (await page.screenshot()).toString('base64')
  return page.evaluate(async (data) => {
    const image = new Image()
    image.src = `data:image/png;base64,${data}`
    await image.decode()
    const scale = 0.25
    const canvas = document.createElement('canvas')
    canvas.width = innerWidth * scale
    canvas.height = innerHeight * scale
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.imageSmoothingQuality = 'high'
    context.filter = 'grayscale(1)'
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    const wrong = '[data-site]:is(.dead, .down, .dormant, .warning)'
    return [...document.querySelectorAll(wrong)].map((tile) => {
      const { left, top, width, height } = tile.getBoundingClientRect()
      const box = [left, top, width, height].map((length) => Math.round(length * scale))
      const { data: pixels } = context.getImageData(box[0] ?? 0, box[1] ?? 0, box[2] ?? 1, box[3] ?? 1)
      let sum = 0
      for (let at = 0; at < pixels.length; at += 4) sum += pixels[at] ?? 0
      return { classes: tile.getAttribute('class') ?? '', grey: (sum * 4) / pixels.length }
    })
  }, png)
}
