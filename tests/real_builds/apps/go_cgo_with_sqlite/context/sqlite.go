package main

/*
#cgo LDFLAGS: -lsqlite3
#include <stdlib.h>
#include <sqlite3.h>
*/
import "C"

import (
	"errors"
	"unsafe"
)

// query opens a database read-only and gives the first column of every row as text.
func query(path, sql string, limit int) ([]string, error) {
	cPath := C.CString(path)
	defer C.free(unsafe.Pointer(cPath))
	cSQL := C.CString(sql)
	defer C.free(unsafe.Pointer(cSQL))

	var db *C.sqlite3
	defer func() { C.sqlite3_close(db) }()
	if C.sqlite3_open_v2(cPath, &db, C.SQLITE_OPEN_READONLY, nil) != C.SQLITE_OK {
		return nil, errors.New(C.GoString(C.sqlite3_errmsg(db)))
	}
	var statement *C.sqlite3_stmt
	if C.sqlite3_prepare_v2(db, cSQL, -1, &statement, nil) != C.SQLITE_OK {
		return nil, errors.New(C.GoString(C.sqlite3_errmsg(db)))
	}
	defer C.sqlite3_finalize(statement)
	C.sqlite3_bind_int(statement, 1, C.int(limit))
	var rows []string
	for C.sqlite3_step(statement) == C.SQLITE_ROW {
		text := (*C.char)(unsafe.Pointer(C.sqlite3_column_text(statement, 0)))
		rows = append(rows, C.GoString(text))
	}
	return rows, nil
}
