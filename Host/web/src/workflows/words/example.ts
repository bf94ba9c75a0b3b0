import type { Field, RecordType } from '@/api/types'
import type { Sop } from '../definition/sop'
import type { Words } from './context'

/** An SOP with one of most things, for tests. */
const both = (zh: string, en: string) => ({ zh, en })
const field = (key: string, type: Field['type'], zh: string, en: string, more: Partial<Field> = {}): Field => ({ key, type, label: both(zh, en), ...more })

export const lead: RecordType = {
  key: 'lead', plural: 'leads', label: both('线索', 'lead'), nameField: 'name', owned: true, views: [], can: {},
  fields: [
    field('name', 'text', '姓名', 'Name'),
    field('score', 'integer', '评分', 'Score'),
    field('budget', 'money', '预算', 'Budget'),
    field('region', 'select', '区域', 'Region', { options: [{ key: 'east', label: both('华东', 'East') }, { key: 'north', label: both('华北', 'North') }] }),
    field('nextContact', 'date', '下次联系', 'Next contact'),
    field('owner', 'reference', '负责人', 'Owner', { references: 'user' }),
  ],
}

export const sop: Sop = {
  key: 'lead-assignment', name: both('线索分配', 'Lead assignment'), record: 'lead',
  triggers: [{ kind: 'created', filter: { field: 'region', op: 'in', value: ['east', 'north'] }, reentry: 'onceEver' }],
  steps: [
    {
      id: 'contact', kind: 'task',
      inputs: {
        assignee: { by: 'owner' }, title: both('首次联系', 'First contact'), due: { in: { business: 'PT1H' } },
        outcomes: [{ key: 'interested', label: both('有意向', 'Interested') }, { key: 'notReached', label: both('未联系上', 'Not reached') }],
        escalations: [{ after: { business: 'PT0S' }, do: 'notify' }],
      },
    },
    {
      id: 'result', kind: 'branch', inputs: { match: 'first' },
      paths: [
        { id: 'yes', when: { field: 'steps.contact.outcome', op: 'eq', value: 'interested' }, steps: [{ id: 'rest', kind: 'wait', inputs: { until: { in: { plain: 'P3D' } } } }] },
        { id: 'rich', when: { and: [{ field: 'budget', op: 'gte', value: 50000 }, { or: [{ field: 'score', op: 'gt', value: 80 }, { field: 'region', op: 'eq', value: 'east' }] }] }, steps: [] },
      ],
      else: [{ id: 'stop', kind: 'end', inputs: { as: 'cancelled', reason: both('无人接听', 'Nobody answered') } }],
    },
    {
      id: 'ask', kind: 'approval',
      inputs: { title: '折扣', stages: [{ key: 'one', approvers: { by: 'superior' } }, { key: 'two', mode: 'all', approvers: { by: 'role', role: 'salesDirector' } }] },
    },
    { id: 'each', kind: 'forEach', inputs: { type: 'lead', via: 'owner' }, steps: [{ id: 'tell', kind: 'notify', inputs: { to: { by: 'initiator' } } }] },
  ],
}

export const words: Words = {
  sop, type: lead, find: key => (key === 'lead' ? lead : undefined), trigger: () => undefined, person: () => undefined, sopName: () => undefined,
  role: key => (key === 'salesDirector' ? both('销售总监', 'sales director') : undefined),
  step: kind => kind === 'mail'
    ? {
        kind, group: 'messages', label: both('发送邮件', 'Send mail'), sentence: both('发送邮件给 {to}：{subject}', 'Mail {to}: {subject}'), example: both('', ''),
        inputs: [
          { key: 'to', type: 'value', label: both('收件地址', 'Address'), required: true },
          { key: 'template', type: 'mailTemplate', label: both('邮件模板', 'Mail template') },
          { key: 'subject', type: 'template', label: both('主题', 'Subject') },
        ],
      }
    : kind === 'notify'
    ? { kind, group: 'messages', label: both('通知', 'Notify'), sentence: both('通知{to}', 'Tell {to}'), example: both('', ''), inputs: [{ key: 'to', type: 'people', label: both('谁', 'Whom') }] }
    : undefined,
}
