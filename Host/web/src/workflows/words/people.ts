import { label, t } from '@/texts'
import type { PeopleRule } from '../definition/sop'
import type { Words } from './context'
import { pathWords } from './paths'

/** Whom a rule means, as part of a sentence. */
export function peopleWords(rule: PeopleRule | null | undefined, words: Words): string {
  if (!rule) return t('workflows.nobody')
  const first = ruleWords(rule, words)
  return rule.else ? t('workflows.peopleElse', { first, other: peopleWords(rule.else, words) }) : first
}

function ruleWords(rule: PeopleRule, words: Words): string {
  const of = rule.of ? peopleWords(rule.of, words) : t('workflows.owner')
  const among = () => (rule.among ?? []).map(one => peopleWords(one, words)).join(t('workflows.comma'))
  switch (rule.by) {
    case 'owner': return t('workflows.owner')
    case 'initiator': return t('workflows.initiator')
    case 'users': return (rule.users ?? []).map(id => words.person(id) ?? t('workflows.someone')).join(t('workflows.comma')) || t('workflows.nobody')
    case 'role': return roleWords(rule, words)
    case 'superior': return superiorWords(rule, of)
    case 'chain':
      return rule.role
        ? t('workflows.chainTo', { of, role: label(words.role(rule.role) ?? rule.role) })
        : t('workflows.chain', { of, n: rule.level ?? 1 })
    case 'departmentHead': return t('workflows.departmentHead', { of })
    case 'field': return rule.path ? pathWords(rule.path, words) : t('workflows.nobody')
    case 'initiatorsChoice': return t('workflows.initiatorsChoice')
    case 'roundRobin': return t('workflows.roundRobin', { among: among() })
    case 'leastLoad': return t('workflows.leastLoad', { among: among() })
    case 'everyone': return among() || t('workflows.nobody')
  }
}

function superiorWords(rule: PeopleRule, of: string): string {
  const level = rule.level ?? 1
  if (level > 1) return t('workflows.superiorLevel', { of, n: level })
  return rule.of ? t('workflows.superiorOf', { of }) : t('workflows.superior')
}

function roleWords(rule: PeopleRule, words: Words): string {
  const role = label(words.role(rule.role ?? '') ?? rule.role ?? '')
  switch (rule.within) {
    case 'unit': return t('workflows.roleUnit', { role })
    case 'unitAndBelow': return t('workflows.roleBelow', { role })
    case 'unitAndAbove': return t('workflows.roleAbove', { role })
    case 'region': return t('workflows.roleRegion', { role })
    default: return role
  }
}
