import { type LayerName, layerOf } from './layers.ts'

/** What the area of a layer is filled with, in an SVG that has `LayerFills` of that prefix. */
export function fillOf(name: LayerName, prefix: string): string {
  const { color, texture } = layerOf(name)
  return texture === 'plain' ? color : `url(#${prefix}-${name})`
}
