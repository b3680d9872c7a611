//! Line numbers in base 36, the shortest spelling that stays legible in a diff.

/// Spells `number` with the digits `0-9a-z`.
pub(super) fn encode(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).expect("a remainder below 36 fits");
        digits.push(char::from_digit(digit, 36).expect("a digit below 36 has a character"));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn a_number_reads_back() {
        for number in [0, 1, 35, 36, 1295, 1296, 5443] {
            assert_eq!(usize::from_str_radix(&encode(number), 36), Ok(number));
        }
    }
}
