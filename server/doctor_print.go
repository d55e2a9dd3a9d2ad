package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"kessai.dev/kessai/internal/doctor"
	"kessai.dev/kessai/internal/shop"
)

// marks begin a line of the checklist.
var marks = map[doctor.Result]string{doctor.Passed: "✓", doctor.Failed: "✗", doctor.Skipped: "–", doctor.Warned: "!"}

// print writes the checklist, and ends with status 1 if something failed.
func (c *doctorCommand) print(s *streams, steps []doctor.Step) error {
	failed := slices.ContainsFunc(steps, func(s doctor.Step) bool { return s.Result == doctor.Failed })
	if c.JSON {
		if err := printJSON(s, steps, !failed); err != nil {
			return err
		}
	} else {
		language := c.language()
		for _, step := range steps {
			fmt.Fprintf(s.out, "%s %-15s %s\n", marks[step.Result], step.Name, step.Title.In(language))
			if m := step.Message.In(language); m != "" {
				fmt.Fprintf(s.out, "  %-15s %s%s\n", "", m, coded(step.Code))
			}
		}
	}
	if failed {
		return exitStatus(1)
	}
	return nil
}

func coded(code string) string {
	if code == "" {
		return ""
	}
	return " [" + code + "]"
}

// stepJSON is a step as --json prints it.
type stepJSON struct {
	Name    string        `json:"name"`
	Result  doctor.Result `json:"result"`
	Title   doctor.Text   `json:"title"`
	Message *doctor.Text  `json:"message,omitempty"`
	Code    string        `json:"providerCode,omitempty"`
}

func printJSON(s *streams, steps []doctor.Step, passed bool) error {
	list := make([]stepJSON, len(steps))
	for i, step := range steps {
		list[i] = stepJSON{Name: step.Name, Result: step.Result, Title: step.Title, Code: step.Code}
		if step.Message.English != "" {
			list[i].Message = &steps[i].Message
		}
	}
	out := json.NewEncoder(s.out)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(map[string]any{"passed": passed, "steps": list})
}

// language is the one asked for, or the environment's.
func (c *doctorCommand) language() string {
	if c.Lang != "" {
		return c.Lang
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "ja") {
				return "ja"
			}
			return "en"
		}
	}
	return "en"
}

// tenants are the shops in each of their environments, in order.
func tenants(d *shop.Directory) (list []shop.Tenant) {
	for _, id := range slices.Sorted(maps.Keys(d.Shops)) {
		for _, env := range []shop.Environment{shop.Test, shop.Production} {
			if _, ok := d.Shops[id].Contracts[env]; ok {
				list = append(list, shop.Tenant{Shop: id, Environment: env})
			}
		}
	}
	return list
}

// uses reports whether a shop has an environment.
func uses(d *shop.Directory, env shop.Environment) bool {
	return slices.ContainsFunc(tenants(d), func(t shop.Tenant) bool { return t.Environment == env })
}
