// Words, patterns and numbers of the monitor, on the host.
using System.Collections.Generic;
using System.Text;
using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Monitor;

public sealed unsafe class WordsTests
{
    [Theory]
    [InlineData("", new string[] { })]
    [InlineData("   ", new string[] { })]
    [InlineData("reg x0 = 1", new[] { "reg", "x0", "=", "1" })]
    [InlineData("  vm  ", new[] { "vm" })]
    [InlineData("mem search \"two words\" x", new[] { "mem", "search", "two words", "x" })]
    [InlineData("open \"quote", new[] { "open", "quote" })]
    [InlineData("a b c d e f g h i j k l m n o p q r", new[] { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p" })]
    public void A_line_is_split_at_spaces_outside_quotes(string line, string[] expected)
    {
        List<string> found = [];
        fixed (byte* text = Encoding.ASCII.GetBytes(line + "\0"))
        {
            Words words = default;
            Words.Split(&words, text, line.Length);
            for (int i = 0; i < words.Count; i++)
            {
                found.Add(Encoding.ASCII.GetString(Words.At(&words, i)));
            }

            Assert.True(Words.At(&words, words.Count).IsEmpty);
        }

        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "SCTLR_EL1", true)]
    [InlineData("sctlr_el?", "SCTLR_EL2", true)]
    [InlineData("sctlr_el?", "SCTLR_EL12", false)]
    [InlineData("*_el2", "HCR_EL2", true)]
    [InlineData("*el2*", "ELEL2", true)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a*b*c", "aXbYbZ", false)]
    [InlineData("hcr", "HCR_EL2", false)]
    public void A_pattern_has_stars_and_question_marks(string pattern, string text, bool matches) =>
        Assert.Equal(matches, Letters.Match(Encoding.ASCII.GetBytes(pattern), Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("0", 0UL)]
    [InlineData("42", 42UL)]
    [InlineData("0x2A", 42UL)]
    [InlineData("0xffff_ffff_ffff_ffff", ulong.MaxValue)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    public void A_number_is_decimal_or_hexadecimal(string text, ulong value)
    {
        Assert.True(Letters.TryNumber(Encoding.ASCII.GetBytes(text), out ulong found));
        Assert.Equal(value, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("x1")]
    [InlineData("12a")]
    [InlineData("0xg")]
    [InlineData("_1")]
    [InlineData("-1")]
    [InlineData("0x10000000000000000")]
    [InlineData("18446744073709551616")]
    public void Anything_else_is_no_number(string text) => Assert.False(Letters.TryNumber(Encoding.ASCII.GetBytes(text), out _));
}
