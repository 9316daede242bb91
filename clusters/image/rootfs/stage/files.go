package stage

import "io/fs"

// Files are the paths and contents of a folder's files, as inputs of a Digest.
func Files(folder fs.FS) ([]any, error) {
	var inputs []any
	err := fs.WalkDir(folder, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, path)
		inputs = append(inputs, path, data)
		return err
	})
	return inputs, err
}
