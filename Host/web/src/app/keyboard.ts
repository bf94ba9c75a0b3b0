import { useLayoutEffect, useRef } from 'react'

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('[role=combobox]') !== null)

/** Enter and space belong to the link or button that has the focus. */
const presses = (event: KeyboardEvent) =>
  ['Enter', ' '].includes(event.key) && event.target instanceof HTMLElement && event.target.closest('a, button, [role=button], [role=tab], [role=group][tabindex]') !== null

const covered = () => document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open .ant-drawer-mask') !== null

/** Single-key shortcuts; silent while someone types or a dialog is open. */
export function useShortcuts(shortcuts: Record<string, (event: KeyboardEvent) => void>, active = true) {
  const latest = useRef(shortcuts)
  // before anybody can see what the keys would act on
  useLayoutEffect(() => {
    latest.current = shortcuts
  })
  useLayoutEffect(() => {
    if (!active) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (typing(event.target) || presses(event) || covered()) return
      const act = latest.current[event.key]
      if (!act) return
      event.preventDefault()
      act(event)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [active])
}
