// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { loadLocale } from '@/texts'
import { findStep } from '../definition/blocks'
import { conditionWords } from './condition'
import { sop, words } from './example'
import { textOf } from './parts'
import { stepSentence } from './sentence'
import { triggerSentence } from './trigger'

const sentence = (id: string) => textOf(stepSentence(findStep(sop, id)!, words))
const way = (i: number) => conditionWords(findStep(sop, 'result')!.paths![i]!.when, words)

describe('in Chinese', () => {
  beforeEach(() => loadLocale('zh'))

  it('a task says who, what, until when, and what happens after', () =>
    expect(sentence('contact')).toBe('把任务「首次联系」交给负责人，1 个工作小时内完成；超时通知上级'))
  it('an approval says its stages in order', () => expect(sentence('ask')).toBe('请上级（任一人），再由 销售总监（全部同意）审批「折扣」'))
  it('a condition on an outcome names the step and the button', () => expect(way(0)).toBe('「首次联系」的结果为有意向'))
  it('a group of the other kind stands in brackets', () => expect(way(1)).toBe('预算不低于 ¥50,000 且 （评分大于 80 或 区域为华东）'))
  it('a list of one is said as that one', () => expect(conditionWords({ field: 'region', op: 'in', value: ['east'] }, words)).toBe('区域为华东'))
  it('a schedule is said as people say it', () => {
    const every = (cron: string) => textOf(triggerSentence({ kind: 'schedule', inputs: { cron } }, words))
    expect(every('0 9 * * *')).toBe('每天 09:00，对每条线索')
    expect(every('30 8 * * 1')).toBe('每周一 08:30，对每条线索')
    expect(every('0 9 1 * *')).toBe('每月 1 日 09:00，对每条线索')
    expect(every('*/5 * * * *')).toBe('按时间表 */5 * * * *，对每条线索')
  })
  it('what is not filled in yet leaves a mark', () => {
    expect(textOf(stepSentence({ id: 'mail', kind: 'mail', inputs: {} }, words))).toBe('发送邮件给 …：')
    expect(textOf(triggerSentence({ kind: 'button', inputs: {} }, words))).toBe('在线索上点击「…」时')
  })
  it('a mail by a template says so, and names the field of its address', () =>
    expect(textOf(stepSentence({ id: 'mail', kind: 'mail', inputs: { to: { path: 'region' }, template: 'thanks' } }, words))).toBe('发送邮件给 ‹区域›：邮件模板'))
  it('a trigger says its filter', () => expect(textOf(triggerSentence(sop.triggers[0]!, words))).toBe('新建线索时，且区域为华东、华北之一'))
})

describe('in English', () => {
  beforeEach(() => loadLocale('en'))

  it('a task says who, what, until when, and what happens after', () =>
    expect(sentence('contact')).toBe('Give the owner the task “First contact”, due in 1 business hour; after that tell the superior'))
  it('a step of a module reads as its description says', () => expect(sentence('tell')).toBe('Tell the initiator'))
  it('an end gives its reason', () => expect(sentence('stop')).toBe('End: cancelled (Nobody answered)'))
  it('a wait says how long', () => expect(sentence('rest')).toBe('Wait 3 days'))
})

it('what the author chose is set off', async () => {
  await loadLocale('zh')
  expect(stepSentence(findStep(sop, 'rest')!, words).filter(part => part.value)).toEqual([{ text: '3 天', value: true }])
})
