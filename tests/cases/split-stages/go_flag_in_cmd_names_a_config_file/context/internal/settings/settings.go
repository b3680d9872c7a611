package settings

import (
	"os"

	"gopkg.in/yaml.v3"
)

type Settings struct{ Listen string }

func Read(path string) (s Settings, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return s, err
	}
	err = yaml.Unmarshal(text, &s)
	return s, err
}
