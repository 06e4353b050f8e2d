package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// vector is one of tests/vectors.
type vector struct {
	Name    string          `json:"name"`
	Sandbox json.RawMessage `json:"sandbox"`
	Config  json.RawMessage `json:"config"`
	Steps   []step          `json:"steps"`
}

// step is one step of a vector.
type step struct {
	Op          string                     `json:"op"`
	Request     json.RawMessage            `json:"request"`
	RequestText string                     `json:"requestText"`
	Outcome     string                     `json:"outcome"`
	Expect      map[string]json.RawMessage `json:"expect"`
	Save        map[string]string          `json:"save"`
	As          string                     `json:"as"`
	Of          string                     `json:"of"`
	Method      string                     `json:"method"`
	Topic       string                     `json:"topic"`
	Config      json.RawMessage            `json:"config"`
	Count       int                        `json:"count"`
	Distinct    []string                   `json:"distinct"`
}

// load reads all vectors of a folder.
func load(folder string) ([]vector, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var all []vector
	for _, file := range files {
		if filepath.Base(file) == "schema.json" {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var group struct {
			Vectors []vector `json:"vectors"`
		}
		if err := json.Unmarshal(text, &group); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, group.Vectors...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no vectors in %q", folder)
	}
	return all, nil
}
