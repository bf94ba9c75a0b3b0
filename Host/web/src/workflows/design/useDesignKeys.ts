import { useLayoutEffect, useRef } from 'react'
import { focusPiece } from '../canvas/useArrows'
import type { Acts } from './useActs'
import type { Design } from './useDesign'

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('[role=combobox], .ant-modal, .ant-select-dropdown') !== null)

/** A dialog, or a list that hangs open below what has the keyboard: keys are theirs. */
const busy = (target: EventTarget | null) =>
  document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null ||
  (target instanceof Element && target.closest('.ant-select-open, .ant-picker-focused, .ant-popover, .ant-dropdown, .ant-dropdown-open, .ant-popover-open') !== null)

const panel = () => document.querySelector<HTMLElement>('.step-panel')

type Keys = { acts: Acts; design: Pick<Design, 'undo' | 'redo' | 'save'>; selected: string | null; select: (id: string | null) => void; help: () => void }

/** The designer's keys, as editors have them; inside a text field they are the field's own. */
export function useDesignKeys(keys: Keys) {
  const latest = useRef(keys)
  useLayoutEffect(() => {
    latest.current = keys
  })
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = event.defaultPrevented || busy(event.target) ? undefined : actOf(event, latest.current)
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

function actOf(event: KeyboardEvent, { acts, design, selected, select, help }: Keys): (() => unknown) | undefined {
  const command = event.ctrlKey || event.metaKey
  const key = event.key.toLowerCase()
  const within = event.target instanceof Node && panel()?.contains(event.target) === true
  if (command && key === 's') return design.save
  if (key === 'escape') return within ? () => focusPiece(document.querySelector<HTMLElement>('.flow'), selected ?? '') : () => select(null)
  if (typing(event.target)) return undefined
  if (event.altKey) return { arrowup: () => acts.up(), arrowdown: () => acts.down() }[key]
  if (command)
    return {
      z: event.shiftKey ? design.redo : design.undo,
      y: design.redo,
      c: window.getSelection()?.toString() ? undefined : () => acts.copy(),
      x: () => acts.cut(),
      v: () => acts.paste(),
      d: () => acts.duplicate(),
    }[key]
  if (within) return undefined
  if (event.shiftKey && key.startsWith('arrow')) return { arrowup: () => acts.extend(-1), arrowdown: () => acts.extend(1) }[key]
  const again = event.target instanceof Element && event.target.getAttribute('data-step') === selected && selected !== null
  return {
    delete: () => acts.take(),
    backspace: () => acts.take(),
    '+': acts.insertHere,
    insert: acts.insertHere,
    '?': help,
    // a second Enter goes on into the panel
    enter: again ? () => panel()?.querySelector<HTMLElement>('.design-body input, .design-body textarea, .design-body button, .design-body [tabindex]')?.focus() : undefined,
  }[key]
}
