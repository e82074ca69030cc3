// What is kept of a text, and where its last lines begin.
using System;
using Nestor.Hal;
using Xunit;

namespace Nestor.Tests.Unit.Monitor;

public sealed class TextRingTests
{
    [Theory]
    [InlineData("", 1UL, "")]
    [InlineData("one", 1UL, "one")]
    [InlineData("one\n", 1UL, "one\n")]
    [InlineData("one\ntwo\n", 1UL, "two\n")]
    [InlineData("one\ntwo", 1UL, "two")]
    [InlineData("one\ntwo\nthree\n", 2UL, "two\nthree\n")]
    [InlineData("one\ntwo\n", 9UL, "one\ntwo\n")]
    [InlineData("one\n\n", 1UL, "\n")]
    public void The_last_lines_are_found(string text, ulong lines, string expected) => Assert.Equal(expected, Tail(text, lines));

    [Fact]
    public void What_is_no_longer_whole_is_left_out()
    {
        string text = new string('a', 100) + "\n" + new string('b', 3100) + "\n" + new string('c', 1050) + "\n";
        Assert.Equal(new string('c', 1050) + "\n", Tail(text, 9));
    }

    [Fact]
    public void A_line_that_is_too_long_begins_where_it_is_kept() =>
        Assert.Equal(new string('d', (int)TextRing.Size), Tail("line\n" + new string('d', (int)TextRing.Size + 5), 3));

    [Theory]
    [InlineData(0UL, 1UL, "0")]
    [InlineData(7UL, 10_000UL, "00007")]
    [InlineData(99_999UL, 10_000UL, "99999")]
    [InlineData(100_000UL, 10_000UL, "100000")]
    [InlineData(ulong.MaxValue, 10UL, "18446744073709551615")]
    public void A_number_has_the_digits_that_are_wanted_and_more_if_it_needs_them(ulong value, ulong least, string expected)
    {
        TextRing ring = default;
        ring.AddDecimal(value, least);
        Assert.Equal(expected, Tail(ring, 1));
    }

    private static string Tail(string text, ulong lines)
    {
        TextRing ring = default;
        foreach (char letter in text)
        {
            ring.Add((byte)letter);
        }

        return Tail(ring, lines);
    }

    private static string Tail(TextRing ring, ulong lines)
    {
        return string.Create((int)(ring.End - ring.Tail(ring.End, lines)), ring, (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = (char)from.At(from.End - (ulong)(to.Length - i));
            }
        });
    }
}
