import { useEffect, useRef } from 'react'

type Keys = { undo?: () => void; redo?: () => void; remove?: () => void; copy?: () => void; cut?: () => void; paste?: () => void; insert?: () => void }

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('[role=combobox], .ant-modal, .ant-select-dropdown') !== null)

/** The designer's keys, as editors have them; inside a text field they are the field's own. */
export function useDesignKeys(keys: Keys) {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (typing(event.target) || event.altKey) return
      const command = event.ctrlKey || event.metaKey
      const key = event.key.toLowerCase()
      const { undo, redo, remove, copy, cut, paste, insert } = latest.current
      const act = command
        ? { z: event.shiftKey ? redo : undo, y: redo, c: window.getSelection()?.toString() ? undefined : copy, x: cut, v: paste }[key]
        : { delete: remove, backspace: remove, '+': insert, insert }[key]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
