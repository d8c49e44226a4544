import { expect, test } from 'vitest'
import { amount, civilDate, clocks, duration, mass, money, number, percent, sentences, short, tenths } from './format'

const say = (id: string, values?: Record<string, string | number>) =>
  `${id}(${Object.values(values ?? {}).join(',')})`

test('numbers keep three decimals and no more', () => {
  expect(number(1234567.5, 'en-US')).toBe('1,234,567.5')
  expect(amount({ milli: 1_200_500, unit: 'LTR' }, 'ja-JP', say)).toBe('unit-ltr(1,200.5)')
  expect(amount({ milli: 2000, unit: 'BOX' }, 'en-US', say)).toBe('2 BOX')
  expect(mass(950, 'en-US', say)).toBe('unit-kgm(950)')
  expect(mass(12_340, 'en-US', say)).toBe('unit-tonne(12.3)')
})

test('shares have the digits that the command line gives them', () => {
  const told = [0, 3, 9_876, 12_345, 123_456, 1_000_000, -1_500].map(ppm => percent(ppm, 'en-US'))
  expect(told).toEqual(['0%', '0.0003%', '0.9876%', '1.23%', '12.3%', '100.0%', '-0.1500%'])
  // Halves round away from zero, as whole numbers do there.
  expect([12_350, -12_350, 100_500].map(ppm => percent(ppm, 'en-US'))).toEqual(['1.24%', '-1.24%', '10.1%'])
  expect([14.26, 1234.567, 0, 99.96].map(value => tenths(value, 'en-US'))).toEqual(['14.3', '1,235', '0.0', '100'])
})

test('sentences stand as far apart as each language sets them', () => {
  expect(sentences(['One.', 'Two.'], 'en')).toBe('One. Two.')
  expect(sentences(['하나.', '둘.'], 'ko')).toBe('하나. 둘.')
  expect(sentences(['一。', '二。'], 'ja')).toBe('一。二。')
})

test('money has the decimals of its currency', () => {
  expect(money({ minor: 50_000, currency: 'JPY' }, 'en-US')).toMatch(/^JPY\s50,000$/)
  expect(money({ minor: 1250, currency: 'USD' }, 'en-US')).toMatch(/^USD\s12\.50$/)
})

test('one instant is read on three clocks, the reader’s first', () => {
  const at = '2023-12-31T15:30:00Z'
  expect(clocks(at, 'ko', 'ko-KR')).toMatchObject({
    own: '00:30 KST',
    others: '00:30 JST · 23:30 CST',
  })
  expect(clocks(at, 'zh-Hans', 'zh-CN')).toMatchObject({ own: '23:30 CST' })
  expect(clocks(at, 'ja', 'ja-JP')?.date).toContain('2024')
  expect(clocks(at, 'zh-Hans', 'zh-CN')?.date).toContain('2023')
  expect(clocks('soon', 'en', 'en-US')).toBeNull()
})

test('civil dates do not move with the zone', () => {
  expect(civilDate('2024-01-01', 'en-US')).toBe('Jan 1, 2024')
  expect(civilDate('unknown', 'en-US')).toBe('unknown')
})

test('durations say their two largest parts', () => {
  expect(duration(59, say)).toBe('duration-minutes(59)')
  expect(duration(61, say)).toBe('duration-hours(1,1)')
  expect(duration(1500, say)).toBe('duration-days(1,1)')
})

test('only long ids are shortened', () => {
  expect(short('0123456789abcdef')).toBe('01234567')
  expect(short('noto-2024')).toBe('noto-2024')
})
