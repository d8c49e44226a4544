import { describe, expect, test } from 'vitest'
import { changeOf } from './change'
import { answer, Fault, sideOf } from './client'

test.each([
  [401, 'session'],
  [404, 'absent'],
  [422, 'form'],
  [500, 'ours'],
  [503, 'ours'],
  [502, 'neighbour'],
  [504, 'neighbour'],
])('status %i is a failure of: %s', (status, side) => {
  expect(sideOf(status)).toBe(side)
})

test.each([
  ['{"position":1,"neighbours":1}', '{"position":2,"neighbours":1}', 'acts'],
  ['{"position":2,"neighbours":1}', '{"position":2,"neighbours":2}', 'neighbours'],
  ['{"position":2}', '{"position":2}', null],
  ['?', '{"position":2}', 'acts'],
])('from %s to %s changed: %s', (before, after, change) => {
  expect(changeOf(before, after)).toBe(change)
})

describe('an answer', () => {
  const words = { ko: '', ja: '', 'zh-Hans': '', en: 'clause 4 forbids it' }
  const problem = { code: 'category_forbidden', words, clauses: [] }
  const failing = (status: number, error: unknown) =>
    answer(Promise.resolve({ error, response: new Response(null, { status }) }))

  test('is the data, even when it is empty', async () => {
    expect(await answer(Promise.resolve({ data: '', response: new Response() }))).toBe('')
  })

  test('that never came names the link', async () => {
    await expect(answer(Promise.reject(new TypeError('failed')))).rejects.toMatchObject({ side: 'link' })
  })

  test('that is a problem keeps what the node said', async () => {
    await expect(failing(422, problem)).rejects.toMatchObject({ side: 'form', problem })
  })

  test('that is no problem of ours has no words', async () => {
    const fault = await failing(500, '<html>').catch((thrown: unknown) => thrown)
    expect(fault).toBeInstanceOf(Fault)
    expect(fault).toMatchObject({ side: 'ours', problem: undefined })
  })
})
