// why.txt is read in an editor: the console's lines are in it without what moves a terminal's cursor.
using System.IO;
using Nestor.Tools.PostMortem;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class PostMortemTextTests
{
    [Theory]
    [InlineData("first\r\n\u001b[Knestor g/0> ", "nestor g/0>")]
    [InlineData("50 %\r100 %\r\n", "100 %")]
    [InlineData("\u001b[1;31mred\u001b[0m and \u001b(Bplain\u0007\n", "red and plain")]
    [InlineData("\u001b[?25l\n\u001b7", "(none)")]
    [InlineData("half a sequence\u001b[", "half a sequence")]
    public void The_last_line_has_no_control_sequences(string console, string expected)
    {
        using TemporaryFiles files = new();
        PostMortemReport.WriteWhy(files.Root, "a test", awaited: null, console);
        Assert.Equal($"why: a test\nthe console's last line: {expected}\n", File.ReadAllText(files.Path("why.txt")));
    }
}
