package b2

import "fmt"

// FileKind is why a file cannot be read, or not any further.
type FileKind string

// The ways a file is refused as a whole.
const (
	FileTooLarge   FileKind = "file_too_large"
	TooManyLines   FileKind = "too_many_lines"
	LineTooLong    FileKind = "line_too_long"
	QuotedNewline  FileKind = "quoted_newline"
	StrayQuote     FileKind = "stray_quote"
	UnclosedQuote  FileKind = "unclosed_quote"
	PlainUTF8      FileKind = "plain_utf8"
	UTF16          FileKind = "utf16"
	Workbook       FileKind = "workbook"
	ForeignHeader  FileKind = "foreign_header"
	ForeignColumns FileKind = "foreign_columns"
)

var filePhrases = map[FileKind]phrase{
	FileTooLarge:   {"the file is too large: import it in parts", "ファイルが大きすぎます。分けて取り込んでください"},
	TooManyLines:   {"the file has too many rows: import it in parts", "行数が多すぎます。分けて取り込んでください"},
	LineTooLong:    {"the row is too long to be one of B2's: " + freshEN, "行が長すぎ、B2の形式ではありません。" + freshJA},
	QuotedNewline:  {"a cell has a line break inside its quotes, or a quote was not closed: remove the line break in B2 and export again", "セル内に改行があるか、引用符が閉じていません。B2で改行を除いて出力し直してください"},
	StrayQuote:     {"characters follow a closing quote: " + freshEN, "引用符の後に余分な文字があります。" + freshJA},
	UnclosedQuote:  {"the file ends inside quotes, so a part of it may be missing: " + freshEN, "引用符が閉じないまま終わっており、ファイルが途中で切れている可能性があります。" + freshJA},
	PlainUTF8:      {"the file is UTF-8 without its mark, which B2 does not write: " + freshEN, "BOMのないUTF-8のファイルです。B2の形式ではありません。" + freshJA},
	UTF16:          {"the file is UTF-16: " + freshEN, "UTF-16のファイルです。" + freshJA},
	Workbook:       {"this is a workbook of a spreadsheet, not a CSV file: " + freshEN, "CSVではなく表計算のブックです。" + freshJA},
	ForeignHeader:  {"the names in the first line are not those of B2's basic layout: export the basic layout (95 or 97 columns)", "1行目の項目名がB2の基本レイアウトと違います。基本レイアウト（95列または97列）で出力してください"},
	ForeignColumns: {"no row has 95 or 97 columns: export B2's basic layout", "95列または97列の行がありません。B2の基本レイアウトで出力してください"},
}

// FileError says where and why reading stopped. Rows before it were read well;
// whoever wants all or nothing calls Inspect first.
type FileError struct {
	Kind   FileKind
	Line   int   // from 1, as a spreadsheet counts
	Offset int64 // in bytes, where it was seen
}

// Error is the English text.
func (e *FileError) Error() string { return "b2: " + e.English() }

// English says what is wrong and what to do.
func (e *FileError) English() string {
	return fmt.Sprintf("line %d: %s", e.Line, filePhrases[e.Kind].en)
}

// Japanese says the same in Japanese.
func (e *FileError) Japanese() string {
	return fmt.Sprintf("%d行目：%s", e.Line, filePhrases[e.Kind].ja)
}
