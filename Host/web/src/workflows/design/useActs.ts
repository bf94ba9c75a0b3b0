import { useMemo, useRef } from 'react'
import type { Dragged } from '../canvas/context'
import { focusPiece } from '../canvas/useArrows'
import { blocksOf, findStep, slotOf, type Slot } from '../definition/blocks'
import { byOutcome, copied, idsOf, insert, move, moveSteps, moveWay, newStep, remove, replace, shift, type Outcome } from '../definition/edit'
import { taskOf, type Sop, type Step } from '../definition/sop'
import type { StepDescription } from '../steps/descriptions'
import type { Words } from '../words/context'
import { keep, kept } from './clipboard'
import type { Design } from './useDesign'

type To = { select: (id: string | null) => void; setSlot: (slot: Slot | null) => void }

/** The piece that has the keyboard, and the step it belongs to. */
const focused = () => {
  const piece = document.activeElement?.closest('.flow [data-step], .flow [data-way]')
  return { step: piece?.getAttribute('data-step') ?? null, way: piece?.getAttribute('data-way') ?? null }
}

const focus = (id: string) => requestAnimationFrame(() => focusPiece(document.querySelector<HTMLElement>('.flow'), id))

const stepBefore = (sop: Sop, slot: Slot): Step | undefined => {
  const owner = slot.owner === null ? undefined : findStep(sop, slot.owner)
  const list = slot.owner === null ? sop.steps : owner && blocksOf(owner).find(block => block.way === slot.way)?.steps
  return list?.[slot.index - 1]
}

/** The ways people part on: a task's buttons, the decisions of an approval. What happens by itself is left to "else". */
const outcomesFrom = (step: Step, words: Words): Outcome[] =>
  step.kind === 'task' ? (taskOf(step).outcomes ?? []) : (words.step(step.kind)?.outcomes ?? []).filter(one => step.kind !== 'approval' || ['approved', 'rejected', 'returned'].includes(one.key))

/** What can be done with steps. All of it stays the same while the SOP changes. */
export function useActs({ apply, now }: Pick<Design, 'apply' | 'now'>, selected: string | null, words: Words | null, { select, setSlot }: To) {
  const lookup = useRef(words)
  lookup.current = words
  const chosen = useRef(selected)
  chosen.current = selected
  return useMemo(() => {
    /** The step that keys mean: the one with the keyboard, else the one in the panel. */
    const current = (): Step | undefined => {
      const id = focused().step ?? chosen.current
      return id ? findStep(now(), id) : undefined
    }
    /** The place that keys mean: behind that step, at the beginning of a way, at the end. */
    const place = (): Slot => {
      const { step, way } = focused()
      if (way) return { owner: way.slice(0, way.lastIndexOf('/')), way: way.slice(way.lastIndexOf('/') + 1), index: 0 }
      if (step === 'start') return { owner: null, way: '', index: 0 }
      const at = current()
      const slot = at && slotOf(now(), at.id)
      return slot ? { ...slot, index: slot.index + 1 } : { owner: null, way: '', index: now().steps.length }
    }
    const put = (slot: Slot, made: Step[]) => {
      apply(sop => insert(sop, slot, made))
      setSlot(null)
      if (!made[0]) return
      select(made[0].id)
      focus(made[0].id)
    }
    const take = (step = current()) => {
      if (!step) return
      const slot = slotOf(now(), step.id)
      apply(sop => remove(sop, step.id))
      if (chosen.current === step.id) select(null)
      // the keyboard goes on where the step was
      const list = slot && (slot.owner === null ? now().steps : null)
      focus(list?.[slot!.index]?.id ?? list?.[slot!.index - 1]?.id ?? slot?.owner ?? 'start')
    }
    const copy = (step = current()) => step && keep([step])
    const shifted = (by: 1 | -1, step = current()) => {
      if (!step) return
      apply(sop => shift(sop, step.id, by))
      focus(step.id)
    }
    return {
      current,
      insert: (slot: Slot) => setSlot(slot),
      insertHere: () => setSlot(place()),
      make: (slot: Slot, { kind, inputs }: StepDescription) => {
        const defaults = Object.fromEntries(inputs.filter(input => input.default !== undefined && input.default !== null).map(input => [input.key, input.default]))
        const made = newStep(kind, idsOf(now()), defaults)
        const before = kind === 'branch' ? stepBefore(now(), slot) : undefined
        const outcomes = before && lookup.current ? outcomesFrom(before, lookup.current) : []
        put(slot, [before && outcomes.length > 0 ? byOutcome(made, before, outcomes) : made])
      },
      paste: (slot: Slot = place()) => {
        const steps = kept()
        if (steps.length > 0) put(slot, copied(steps, idsOf(now())))
      },
      copy,
      cut: (step = current()) => { copy(step); take(step) },
      duplicate: (step = current()) => {
        const slot = step && slotOf(now(), step.id)
        if (slot) put({ ...slot, index: slot.index + 1 }, copied([step], idsOf(now())))
      },
      take,
      up: (step?: Step) => shifted(-1, step),
      down: (step?: Step) => shifted(1, step),
      move: (what: Dragged, to: Slot) => apply(sop => (what.way ? moveSteps(sop, { owner: what.step, way: what.way }, to) : move(sop, what.step, to))),
      moveWay: (what: { step: string; way: string }, before: { owner: string; way: string }) => apply(sop => moveWay(sop, { owner: what.step, way: what.way }, before)),
      change: (next: Step, what: string) => apply(sop => replace(sop, next.id, () => next), what),
      changeSop: (next: Sop, what: string) => apply(next, what),
    }
  }, [apply, now, select, setSlot])
}

export type Acts = ReturnType<typeof useActs>
