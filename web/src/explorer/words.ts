// Words of the explorer.
import { words } from "../language";

export const vi = {
  lead: "Tìm một chỉ tiêu, xem nó tăng giảm ra sao, và biết con số nằm ở tệp nào, ô nào.",
  search: "Tìm chỉ tiêu",
  searchHint: "gõ không dấu cũng được: tieu chi 19.2, dan so, ho ngheo",
  found: (count: number) => `${count} chỉ tiêu`,
  nothingFound: (text: string) => `Không có chỉ tiêu nào tên là “${text}”`,
  nothingFoundText: "Thử một từ ngắn hơn, hoặc bỏ ô tìm để xem tất cả theo chủ đề.",
  clear: "Xem tất cả",
  more: "Xem thêm",
  years: (years: readonly number[]) => (years.length === 1 ? `năm ${years[0]}` : `${years[0]}–${years[years.length - 1]}, ${years.length} năm`),
  noYears: "chưa có số liệu",
  empty: "Chưa có chỉ tiêu nào",
  emptyText: "Không gian làm việc này chưa khai báo chỉ tiêu. Thêm chỉ tiêu và nguồn số liệu vào niengiam.yaml rồi nạp bằng “niengiam load”.",
  allTopics: "Mọi chủ đề",
  topic: "Chủ đề",
};

export const en: typeof vi = {
  lead: "Find an indicator, see how it grew or fell, and learn in which file and cell the figure stands.",
  search: "Find an indicator",
  searchHint: "tone marks are not needed: tieu chi 19.2, dan so, ho ngheo",
  found: (count) => `${count} ${count === 1 ? "indicator" : "indicators"}`,
  nothingFound: (text) => `No indicator is called “${text}”`,
  nothingFoundText: "Try a shorter word, or clear the field to see all by topic.",
  clear: "Show all",
  more: "Show more",
  years: (years) => (years.length === 1 ? `${years[0]}` : `${years[0]}–${years[years.length - 1]}, ${years.length} years`),
  noYears: "no figures yet",
  empty: "There are no indicators yet",
  emptyText: "This workspace declares none. Add indicators and sources to niengiam.yaml and load them with “niengiam load”.",
  allTopics: "All topics",
  topic: "Topic",
};

/** The words in the language of the page. */
export const word = words(vi, en);
