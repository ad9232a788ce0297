import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { each, searchShop, type SearchShop } from './kit.ts'

/* People are found by the name as it is written, spoken or abbreviated. */
let shop: SearchShop
beforeEach(() => {
  shop = searchShop()
})
afterEach(() => shop.close())

const named = (name: string) => shop.bring({ customer: { name } })

describe('a Chinese name', () => {
  test.each([
    [
      '单雄信',
      ['单雄信', '雄信', '信', 'shanxiongxin', 'Shan Xiong Xin', 'shanx', 'xiongxin', 'sxx', 'xx', 'SX'],
    ],
    ['曾国藩', ['zeng guofan', 'zgf', '国藩']],
    ['尉迟恭', ['yuchigong', 'ycg', 'yuchi']],
    ['欧阳娜娜', ['ouyang', 'oynn', 'nana']],
    ['重庆小面馆', ['chongqing', 'cqxm', 'xiaomian', '小面']],
    ['吕布', ['lvbu', 'lubu', 'lyubu', 'lb', 'lübu']],
    ['朴树', ['piaoshu', 'pushu']],
    ['仇和', ['qiuhe']],
    ['张三 丰', ['zhangsanfeng', '张三丰', 'zsf']],
  ])('%s is found by each of its ways', (name, ways) => {
    const { customerId, id } = named(name)
    named('黄飞鸿')
    expect(each(ways, shop.customers)).toEqual(each(ways, () => [customerId]))
    expect(each(ways, shop.repairs)).toEqual(each(ways, () => [id]))
  })

  test('is not found by one letter, which half of all names have', () => {
    named('单雄信')
    expect(shop.customers('s')).toEqual([])
    expect(shop.customers('x')).toEqual([])
  })

  test('with a company in Latin letters is found by either', () => {
    const { customerId } = named('阿里 Baba 电子')
    const ways = ['阿里', 'baba', 'alibaba', 'Baba 电子', 'albdz', 'alibabadianzi', '电子']
    expect(each(ways, shop.customers)).toEqual(each(ways, () => [customerId]))
  })
})

describe('a name in Latin letters', () => {
  test('is found with and without its accents, by each word, in any order', () => {
    const { customerId } = named('Zoë Łukasz-Müller')
    named('Peter Schmidt')
    const ways = [
      'zoe',
      'ZOË',
      'lukasz',
      'muller',
      'Müller',
      'zoe lukasz',
      'muller zoe',
      'Müller, Zoë',
      'mull zo',
    ]
    expect(each(ways, shop.customers)).toEqual(each(ways, () => [customerId]))
  })

  test('is not found when only one of the words fits', () => {
    named('Maria Lopez')
    expect(shop.customers('maria garcia')).toEqual([])
  })

  test('of a contact, and an e-mail address, lead to the customer', () => {
    const contacts = [{ name: 'Anna Weiß', role: '', phone: null, email: 'anna@werk.example' }]
    const { customerId } = shop.bring({
      customer: { name: 'Werkstatt', email: 'info@werk.example', contacts },
    })
    const ways = ['anna weiss', 'Weiß', 'info@werk', 'anna@werk.example']
    expect(each(ways, shop.customers)).toEqual(each(ways, () => [customerId]))
  })
})

describe('the order of what is found', () => {
  test('is the whole name before those that begin with it, then the newest customer', () => {
    const [long, whole, later] = [named('王小'), named('王'), named('王小明')]
    expect(shop.customers('王')).toEqual([whole.customerId, later.customerId, long.customerId])
    expect(shop.repairs('王')).toEqual([whole.id, later.id, long.id])
  })

  test('puts a phone before a name, and a name before words of a fault', () => {
    const inFault = shop.bring({ visit: { faultText: '5566 不开机' } })
    const inName = named('5566 维修部')
    const inPhone = shop.bring({ customer: { phones: [{ number: '13900005566', label: '' }] } })
    expect(shop.repairs('5566')).toEqual([inPhone.id, inName.id, inFault.id])
  })

  test('shows each repair once, however many ways lead to it', () => {
    const { id } = shop.bring({ customer: { name: '雷雨' }, visit: { faultText: '雷雨后不开机' } })
    expect(shop.repairs('雷雨')).toEqual([id])
  })

  test('keeps to the limit asked for', () => {
    for (let count = 0; count < 5; count++) named(`王${count}`)
    const found = shop.find('王', 3)
    expect([found.repairs.length, found.customers.length]).toEqual([3, 3])
  })
})
