import { expect, test } from 'vitest'
import { guardInput } from './input-guard'

/** Sends a key through the guard and says whether the page would see it. */
function reaches(key: { isComposing: boolean; keyCode: number }): boolean {
  const target = new EventTarget()
  const stop = guardInput(target as unknown as Window)
  let seen = false
  target.addEventListener('keydown', () => {
    seen = true
  })
  target.dispatchEvent(Object.assign(new Event('keydown'), key))
  stop()
  return seen
}

test('the Enter that ends a composition never reaches the page', () => {
  expect(reaches({ isComposing: true, keyCode: 13 })).toBe(false)
  expect(reaches({ isComposing: false, keyCode: 229 })).toBe(false)
})

test('a plain Enter does', () => {
  expect(reaches({ isComposing: false, keyCode: 13 })).toBe(true)
})
