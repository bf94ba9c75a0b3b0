import { QueryClientProvider } from '@tanstack/react-query'
import { App as Feedback, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useMemo } from 'react'
import { RouterProvider } from 'react-router'
import { useLocale } from '@/texts'
import { FeedbackHolder } from './feedback'
import { queryClient } from './queries'
import { router } from './routes'
import { SignInAgain } from './session/SignInAgain'
import { themeConfig, useCalm, useDark } from './theme'

export function App() {
  const locale = useLocale()
  const dark = useDark()
  const calm = useCalm()
  const theme = useMemo(() => themeConfig(dark, calm), [dark, calm])
  dayjs.locale(locale === 'en' ? 'en' : 'zh-cn')
  return (
    <QueryClientProvider client={queryClient}>
      <ConfigProvider theme={theme} locale={locale === 'en' ? enUS : zhCN} button={{ autoInsertSpace: false }}>
        <Feedback message={{ maxCount: 3 }}>
          <FeedbackHolder />
          <RouterProvider router={router} key={locale} />
          <SignInAgain />
        </Feedback>
      </ConfigProvider>
    </QueryClientProvider>
  )
}
