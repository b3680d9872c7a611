// Package clock tells the time of a place.
package clock

import "time"

// In gives the time of day that a moment has in a zone.
func In(zone string, moment time.Time) (string, error) {
	place, err := time.LoadLocation(zone)
	if err != nil {
		return "", err
	}
	return moment.In(place).Format("15:04"), nil
}
