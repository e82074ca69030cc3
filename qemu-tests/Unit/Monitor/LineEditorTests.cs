// The line editor on the host: keys in, line out.
using System;
using System.Text;
using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Monitor;

public sealed unsafe class LineEditorTests
{
    [Theory]
    [InlineData("abc", "abc", 3)]
    [InlineData("abc\x7f", "ab", 2)]
    [InlineData("ac\x1b[Db", "abc", 2)]
    [InlineData("bc\x01" + "a", "abc", 1)]
    [InlineData("abc\x01\x04", "bc", 0)]
    [InlineData("abc\x02\x02\x1b[3~", "ac", 1)]
    [InlineData("one two\x17", "one ", 4)]
    [InlineData("one two  \x17", "one ", 4)]
    [InlineData("one two\x02\x02\x0b", "one t", 5)]
    [InlineData("one two\x02\x02\x15", "wo", 0)]
    [InlineData("abc\x01\x05" + "d", "abcd", 4)]
    [InlineData("abc\x1b[H\x1b[F\x1b[1~x", "xabc", 1)]
    [InlineData("\x1bOD\x1b[5~\x1b[Z", "", 0)]
    [InlineData("\x06\x02\x7f\x0b\x15\x17", "", 0)]
    [InlineData("gone\x03", "", 0)]
    public void Keys_edit_the_line(string keys, string line, int cursor)
    {
        LineEditor editor = default;
        Type(&editor, keys);
        Assert.Equal(line, Line(&editor));
        Assert.Equal(cursor, editor.Cursor);
    }

    [Fact]
    public void History_goes_back_and_forth_and_keeps_a_line_once()
    {
        LineEditor editor = default;
        foreach (string line in (string[])["first", "second", "second", ""])
        {
            Enter(&editor, line);
        }

        Type(&editor, "\x10");
        Assert.Equal("second", Line(&editor));
        Type(&editor, "\x1b[A");
        Assert.Equal("first", Line(&editor));
        Type(&editor, "\x1b[A");
        Assert.Equal("first", Line(&editor));
        Type(&editor, "\x1b[B\x0e");
        Assert.Equal("", Line(&editor));
    }

    [Fact]
    public void The_oldest_lines_are_forgotten()
    {
        LineEditor editor = default;
        for (int i = 0; i < 40; i++)
        {
            Enter(&editor, "line " + i);
        }

        for (int i = 0; i < 50; i++)
        {
            Type(&editor, "\x10");
        }

        Assert.Equal("line 24", Line(&editor));
    }

    [Fact]
    public void A_line_that_is_too_long_takes_no_more()
    {
        LineEditor editor = default;
        Type(&editor, new string('a', LineEditor.Capacity + 10) + "\x01z");
        Assert.Equal(new string('a', LineEditor.Capacity), Line(&editor));
    }

    [Fact]
    public void Return_and_line_feed_enter_once()
    {
        LineEditor editor = default;
        Assert.Equal(EditorAnswer.Enter, LineEditor.Take(&editor, (byte)'\r'));
        Assert.Equal(EditorAnswer.Nothing, LineEditor.Take(&editor, (byte)'\n'));
        Assert.Equal(EditorAnswer.Enter, LineEditor.Take(&editor, (byte)'\n'));
        Assert.Equal(EditorAnswer.Leave, LineEditor.Take(&editor, 4));
        Assert.Equal(EditorAnswer.Complete, LineEditor.Take(&editor, (byte)'\t'));
    }

    [Fact]
    public void No_keys_break_it()
    {
        Random random = new(1);
        LineEditor editor = default;
        for (int i = 0; i < 100_000; i++)
        {
            if (LineEditor.Take(&editor, (byte)random.Next(256)) == EditorAnswer.Enter)
            {
                LineEditor.Clear(&editor);
            }

            Assert.InRange(editor.Length, 0, LineEditor.Capacity);
            Assert.InRange(editor.Cursor, 0, editor.Length);
        }
    }

    private static void Enter(LineEditor* editor, string line)
    {
        Type(editor, line);
        Assert.Equal(EditorAnswer.Enter, LineEditor.Take(editor, (byte)'\r'));
        LineEditor.Clear(editor);
    }

    private static void Type(LineEditor* editor, string keys)
    {
        foreach (byte key in Encoding.Latin1.GetBytes(keys))
        {
            LineEditor.Take(editor, key);
        }
    }

    private static string Line(LineEditor* editor) => Encoding.ASCII.GetString(editor->Line, editor->Length);
}
