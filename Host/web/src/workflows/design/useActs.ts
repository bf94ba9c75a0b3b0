import { useMemo, useRef } from 'react'
import type { Dragged } from '../canvas/context'
import { focusPiece } from '../canvas/useArrows'
import { between, findStep, slotOf, stepsAt, stepsOf, type Slot } from '../definition/blocks'
import { byOutcome, copied, idsOf, insert, move, moveSteps, moveWay, newStep, remove, replace, shift, type Outcome } from '../definition/edit'
import { taskOf, type Sop, type Step } from '../definition/sop'
import type { StepDescription } from '../steps/descriptions'
import type { Words } from '../words/context'
import { keep, kept } from './clipboard'
import type { Design } from './useDesign'

type To = { select: (id: string | null, more?: boolean) => void; setSlot: (slot: Slot | null) => void }

/** The piece that has the keyboard, and the step it belongs to. */
const focused = () => {
  const piece = document.activeElement?.closest('.flow [data-step], .flow [data-way]')
  return { step: piece?.getAttribute('data-step') ?? null, way: piece?.getAttribute('data-way') ?? null }
}

/** The ways people part on: a task's buttons, the decisions of an approval. What happens by itself is left to "else". */
const outcomesFrom = (step: Step, words: Words): Outcome[] =>
  step.kind === 'task' ? (taskOf(step).outcomes ?? []) : (words.step(step.kind)?.outcomes ?? []).filter(one => step.kind !== 'approval' || ['approved', 'rejected', 'returned'].includes(one.key))

/** What is chosen: a step, or neighbours from one to another. */
export type Chosen = { from: string | null; to: string | null }

/** What can be done with steps. All of it stays the same while the SOP changes. */
export function useActs({ apply, now }: Pick<Design, 'apply' | 'now'>, selected: Chosen, words: Words | null, { select, setSlot }: To) {
  const lookup = useRef(words)
  lookup.current = words
  const chosen = useRef(selected)
  chosen.current = selected
  /** What gets the keyboard as soon as it is drawn: keys that come sooner mean it already. */
  const coming = useRef<string | null>(null)
  return useMemo(() => {
    const focus = (id: string) => {
      coming.current = id
      requestAnimationFrame(() => focusPiece(document.querySelector<HTMLElement>('.flow'), id, () => { if (coming.current === id) coming.current = null }))
    }
    const here = () => (coming.current ? { step: coming.current, way: null } : focused())
    /** What is chosen, in the order it stands. */
    const group = (): Step[] => {
      const { from, to } = chosen.current
      return from ? between(now(), from, to ?? from) : []
    }
    /** The steps that keys mean: the chosen ones, unless the keyboard is elsewhere. */
    const current = (): Step[] => {
      const id = here().step
      const all = group()
      if (!id || (all.length > 1 && [...stepsOf(all)].some(step => step.id === id))) return all
      const step = findStep(now(), id)
      return step ? [step] : []
    }
    /** The place that keys mean: behind that step, at the beginning of a way, at the end. */
    const place = (): Slot => {
      const { step, way } = here()
      if (way) return { owner: way.slice(0, way.lastIndexOf('/')), way: way.slice(way.lastIndexOf('/') + 1), index: 0 }
      if (step === 'start') return { owner: null, way: '', index: 0 }
      const at = current().at(-1)
      const slot = at && slotOf(now(), at.id)
      return slot ? { ...slot, index: slot.index + 1 } : { owner: null, way: '', index: now().steps.length }
    }
    const put = (slot: Slot, made: Step[]) => {
      apply(sop => insert(sop, slot, made))
      setSlot(null)
      if (made[0]) show(made)
    }
    const show = (steps: Step[]) => {
      select(steps[0]!.id)
      if (steps.length > 1) select(steps.at(-1)!.id, true)
      focus(steps[0]!.id)
    }
    const take = (steps = current()) => {
      const slot = steps[0] && slotOf(now(), steps[0].id)
      if (!slot) return
      const ids = steps.map(step => step.id)
      apply(sop => remove(sop, ids))
      if (chosen.current.to || ids.includes(chosen.current.from ?? '')) select(null)
      // the keyboard goes on where the steps were
      const list = stepsAt(now(), slot)
      focus(list[slot.index]?.id ?? list[slot.index - 1]?.id ?? slot.owner ?? 'start')
    }
    const copy = (steps = current()) => steps.length > 0 && keep(steps)
    const shifted = (by: 1 | -1, steps = current()) => {
      if (!steps[0]) return
      apply(sop => shift(sop, steps.map(step => step.id), by))
      focus(steps[0].id)
    }
    return {
      /** Chooses one more neighbour, or one fewer. */
      extend: (by: 1 | -1) => {
        const { from, to } = chosen.current
        const slot = from && slotOf(now(), to ?? from)
        const next = slot && stepsAt(now(), slot)[slot.index + by]
        if (!next) return
        select(next.id, true)
        focus(next.id)
      },
      insert: (slot: Slot) => setSlot(slot),
      insertHere: () => setSlot(place()),
      make: (slot: Slot, { kind, inputs }: StepDescription) => {
        const defaults = Object.fromEntries(inputs.filter(input => input.default !== undefined && input.default !== null).map(input => [input.key, input.default]))
        const made = newStep(kind, idsOf(now()), defaults)
        const before = kind === 'branch' ? stepsAt(now(), slot)[slot.index - 1] : undefined
        const outcomes = before && lookup.current ? outcomesFrom(before, lookup.current) : []
        put(slot, [before && outcomes.length > 0 ? byOutcome(made, before, outcomes) : made])
      },
      paste: (slot: Slot = place()) => {
        const steps = kept()
        if (steps.length > 0) put(slot, copied(steps, idsOf(now())))
      },
      copy,
      cut: (steps = current()) => { copy(steps); take(steps) },
      duplicate: (steps = current()) => {
        const slot = steps.length > 0 && slotOf(now(), steps.at(-1)!.id)
        if (slot) put({ ...slot, index: slot.index + 1 }, copied(steps, idsOf(now())))
      },
      take,
      up: (steps?: Step[]) => shifted(-1, steps),
      down: (steps?: Step[]) => shifted(1, steps),
      move: (what: Dragged, to: Slot) => apply(sop => {
        if (what.way) return moveSteps(sop, { owner: what.step, way: what.way }, to)
        const ids = group().map(step => step.id)
        return move(sop, ids.includes(what.step) ? ids : [what.step], to)
      }),
      moveWay: (what: { step: string; way: string }, before: { owner: string; way: string }) => apply(sop => moveWay(sop, { owner: what.step, way: what.way }, before)),
      change: (next: Step, what: string) => apply(sop => replace(sop, next.id, () => next), what),
      changeSop: (next: Sop, what: string) => apply(next, what),
    }
  }, [apply, now, select, setSlot])
}

export type Acts = ReturnType<typeof useActs>
