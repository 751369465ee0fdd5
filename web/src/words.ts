// Words that every page has.
import { words } from "./language";

export const vi = {
  skip: "Đến nội dung",
  main: "Trang",
  explorer: "Khám phá",
  dashboard: "Bảng theo dõi",
  briefing: "Báo cáo nhanh",
  jobs: "Cập nhật số liệu",
  question: "GraphiQL",
  graphiql: "Hỏi số liệu thống kê bằng GraphQL, rồi bấm ▶",
  language: "Ngôn ngữ",
  loading: "Đang tải…",
  close: "Đóng",
  copy: "Sao chép",
  copied: "Đã sao chép",
  copyOf: (text: string) => `Sao chép: ${text}`,
  retry: "Thử lại",
  home: "Về trang đầu",
  refused: "Không có số liệu cho lựa chọn này",
  unreachable: "Không truy cập được số liệu",
  unreachableText: "Máy chủ hoặc kho số liệu đang không trả lời. Những gì bạn chọn vẫn nằm trong địa chỉ của trang.",
  missing: "Không có trang này",
  missingText: (path: string) => `Không có gì ở địa chỉ ${path}. Có thể địa chỉ bị gõ sai hoặc bị cắt khi gửi.`,
  nearest: "Có phải ý bạn là",
  untranslated: "Một số tên gọi và mô tả chỉ có bằng tiếng Anh.",
  about: "Số liệu nào cũng có nguồn. Số liệu nào thiếu cũng có lý do.",
};

export const en: typeof vi = {
  skip: "Skip to content",
  main: "Pages",
  explorer: "Explore",
  dashboard: "Dashboards",
  briefing: "Briefing",
  jobs: "Data updates",
  question: "GraphiQL",
  graphiql: "Ask for statistics in GraphQL, then press ▶",
  language: "Language",
  loading: "Loading…",
  close: "Close",
  copy: "Copy",
  copied: "Copied",
  copyOf: (text) => `Copy: ${text}`,
  retry: "Try again",
  home: "Home",
  refused: "No data for this choice",
  unreachable: "Data unavailable",
  unreachableText: "The server or its database does not answer. Your choices are still in the address of the page.",
  missing: "There is no such page",
  missingText: (path) => `There is nothing at ${path}. The address may be mistyped, or cut where it was sent.`,
  nearest: "Did you mean",
  untranslated: "Some names and descriptions are in Vietnamese alone.",
  about: "Every figure has its source. Every missing figure has its reason.",
};

/** The words in the language of the page. */
export const word = words(vi, en);
