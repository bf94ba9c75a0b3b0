import { useSyncExternalStore } from 'react'
import { theme as antd, type ThemeConfig } from 'antd'

export type ThemeChoice = 'light' | 'dark' | 'system'

const accent = '#3b5bdb'
const darkAccent = '#5c7cfa'
const system = window.matchMedia('(prefers-color-scheme: dark)')
const lessMotion = window.matchMedia('(prefers-reduced-motion: reduce)')
let choice: ThemeChoice = (localStorage.getItem('crm.theme') as ThemeChoice | null) ?? 'system'
const listeners = new Set<() => void>()

const isDark = () => (choice === 'system' ? system.matches : choice === 'dark')

function tell() {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light'
  listeners.forEach(l => l())
}

system.addEventListener('change', tell)
lessMotion.addEventListener('change', tell)
tell()

export function setTheme(next: ThemeChoice) {
  choice = next
  localStorage.setItem('crm.theme', next)
  tell()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useDark = () => useSyncExternalStore(subscribe, isDark)
/** Whether this person wants nothing to move. */
export const useCalm = () => useSyncExternalStore(subscribe, () => lessMotion.matches)
export const useThemeChoice = () => useSyncExternalStore(subscribe, () => choice)

const font =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", Roboto, "Helvetica Neue", Arial, sans-serif'

/** The tokens become CSS variables on the class `crm` of the root element: own styles use them as var(--ant-...). */
export function themeConfig(dark: boolean, calm: boolean): ThemeConfig {
  return {
    cssVar: { key: 'crm' },
    hashed: false,
    algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: dark ? darkAccent : accent,
      colorInfo: dark ? darkAccent : accent,
      colorLink: dark ? '#91a7ff' : accent,
      colorSuccess: dark ? '#3fb977' : '#1f8a52',
      colorWarning: dark ? '#e0a030' : '#a15c00',
      colorError: dark ? '#ff7a77' : '#cf3030',
      colorSuccessBg: dark ? '#12261c' : '#e8f6ee',
      colorWarningBg: dark ? '#2b2112' : '#fff4e0',
      colorErrorBg: dark ? '#2c1618' : '#fdecec',
      colorTextBase: dark ? '#eceef2' : '#15181e',
      colorBgBase: dark ? '#15171c' : '#ffffff',
      colorBgLayout: dark ? '#0f1115' : '#f6f7f9',
      colorBgContainer: dark ? '#181b21' : '#ffffff',
      colorBgElevated: dark ? '#20242c' : '#ffffff',
      colorBorder: dark ? '#353a45' : '#d8dce3',
      colorBorderSecondary: dark ? '#272b34' : '#e9ecf0',
      colorTextSecondary: dark ? '#a8afbd' : '#555d6b',
      colorTextTertiary: dark ? '#8d95a5' : '#636b79',
      colorTextPlaceholder: dark ? '#8f97a6' : '#636b79',
      colorBgMask: dark ? 'rgb(0 0 0 / 50%)' : 'rgb(15 23 42 / 32%)',
      borderRadius: 8,
      borderRadiusSM: 6,
      fontFamily: font,
      fontSize: 14,
      controlHeight: 34,
      wireframe: false,
      motion: !calm,
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.2s',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500, defaultHoverColor: dark ? '#91a7ff' : accent, defaultHoverBorderColor: dark ? '#91a7ff' : accent },
      Table: {
        headerBg: dark ? '#181b21' : '#ffffff',
        headerColor: dark ? '#a8afbd' : '#555d6b',
        headerSplitColor: 'transparent',
        headerSortActiveBg: 'transparent',
        headerSortHoverBg: 'transparent',
        bodySortBg: 'transparent',
        cellPaddingBlock: 10,
        cellPaddingBlockMD: 9,
        cellPaddingInline: 12,
        rowHoverBg: dark ? '#1e222a' : '#f7f8fb',
      },
      Tabs: { ...(dark ? { itemSelectedColor: '#aebdff', itemHoverColor: '#c2cdff' } : {}), horizontalItemPadding: '10px 0', horizontalItemGutter: 24, titleFontSize: 14 },
      Drawer: { paddingLG: 24 },
      Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 6px' },
      Tag: { borderRadiusSM: 6 },
      Segmented: { trackPadding: 3 },
    },
  }
}
