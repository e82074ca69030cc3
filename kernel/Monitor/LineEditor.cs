// A line of input with editing and history, as a state machine that is fed a byte at a time: it waits for nothing and writes
// nothing, so the same code runs in an interrupt and in a unit test.
//
//   Ctrl-A Home  Ctrl-E End     ends of the line        Ctrl-P Up  Ctrl-N Down   history
//   Ctrl-B Left  Ctrl-F Right   one character           Ctrl-U Ctrl-K            delete to the start, to the end
//   Backspace    Ctrl-D Delete  delete a character      Ctrl-W                   delete a word
//   Tab          complete                               Ctrl-C                   give the line up

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>The line that is being typed, and those before it. Zeroed memory is a valid start.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct LineEditor
{
    /// <summary>Longest line in bytes; what is typed beyond is ignored.</summary>
    public const int Capacity = 160;

    private const int HistoryCount = 16;
    private const byte Escape = 0x1b;

    private enum Sequence : byte
    {
        None,
        Escape,
        Bracket,
        Number,
    }

    /// <summary>The line.</summary>
    public fixed byte Line[Capacity];

    /// <summary>Its length.</summary>
    public int Length;

    /// <summary>Where the next character goes: 0 to <see cref="Length"/>.</summary>
    public int Cursor;

    private Sequence _sequence;
    private byte _number;
    private bool _afterReturn;

    // Lines so far, of which the last HistoryCount are kept; and how many lines back the shown one is, 0 for the new one.
    private int _entered;
    private int _back;
    private fixed byte _history[HistoryCount * Capacity];
    private fixed int _lengths[HistoryCount];

    /// <summary>A byte from the keyboard.</summary>
    public static EditorAnswer Take(LineEditor* editor, byte value)
    {
        bool afterReturn = editor->_afterReturn;
        editor->_afterReturn = value == '\r';
        if (editor->_sequence != Sequence.None)
        {
            return Continue(editor, value);
        }

        switch (value)
        {
            case (byte)'\n' when afterReturn:
                return EditorAnswer.Nothing;
            case (byte)'\r':
            case (byte)'\n':
                Remember(editor);
                return EditorAnswer.Enter;
            case Escape:
                editor->_sequence = Sequence.Escape;
                return EditorAnswer.Nothing;
            case (byte)'\t':
                return EditorAnswer.Complete;
            case 0x04:
                return editor->Length == 0 ? EditorAnswer.Leave : Delete(editor);
            case 0x08:
            case 0x7f:
                return Backspace(editor);
            default:
                return value < ' ' ? Control(editor, value) : value < 0x7f ? Insert(editor, value) : EditorAnswer.Nothing;
        }
    }

    /// <summary>Adds a character at the cursor.</summary>
    public static EditorAnswer Insert(LineEditor* editor, byte value)
    {
        if (editor->Length == Capacity)
        {
            return EditorAnswer.Nothing;
        }

        for (int i = editor->Length; i > editor->Cursor; i--)
        {
            editor->Line[i] = editor->Line[i - 1];
        }

        editor->Line[editor->Cursor++] = value;
        editor->Length++;
        return editor->Cursor == editor->Length ? EditorAnswer.Echo : EditorAnswer.Redraw;
    }

    /// <summary>Begins an empty line.</summary>
    public static void Clear(LineEditor* editor)
    {
        editor->Length = 0;
        editor->Cursor = 0;
        editor->_back = 0;
        editor->_sequence = Sequence.None;
    }

    private static EditorAnswer Control(LineEditor* editor, byte value)
    {
        switch (value)
        {
            case 0x01: return Move(editor, 0);
            case 0x02: return Move(editor, editor->Cursor - 1);
            case 0x03: return Cut(editor, 0, editor->Length);
            case 0x05: return Move(editor, editor->Length);
            case 0x06: return Move(editor, editor->Cursor + 1);
            case 0x0b: return Cut(editor, editor->Cursor, editor->Length);
            case 0x0c: return EditorAnswer.Redraw;
            case 0x0e: return Recall(editor, editor->_back - 1);
            case 0x10: return Recall(editor, editor->_back + 1);
            case 0x15: return Cut(editor, 0, editor->Cursor);
            case 0x17: return Cut(editor, WordStart(editor), editor->Cursor);
            default: return EditorAnswer.Nothing;
        }
    }

    // The sequences of the keys that have no control character: ESC [ letter, ESC O letter, ESC [ digit ~.
    private static EditorAnswer Continue(LineEditor* editor, byte value)
    {
        Sequence before = editor->_sequence;
        editor->_sequence = Sequence.None;
        if (before == Sequence.Escape)
        {
            editor->_sequence = value is (byte)'[' or (byte)'O' ? Sequence.Bracket : Sequence.None;
            return EditorAnswer.Nothing;
        }

        if (value >= '0' && value <= '9')
        {
            editor->_number = value;
            editor->_sequence = Sequence.Number;
            return EditorAnswer.Nothing;
        }

        switch (before == Sequence.Number && value == '~' ? editor->_number : value)
        {
            case (byte)'A': return Recall(editor, editor->_back + 1);
            case (byte)'B': return Recall(editor, editor->_back - 1);
            case (byte)'C': return Move(editor, editor->Cursor + 1);
            case (byte)'D': return Move(editor, editor->Cursor - 1);
            case (byte)'H' or (byte)'1' or (byte)'7': return Move(editor, 0);
            case (byte)'F' or (byte)'4' or (byte)'8': return Move(editor, editor->Length);
            case (byte)'3': return Delete(editor);
            default: return EditorAnswer.Nothing;
        }
    }

    private static EditorAnswer Move(LineEditor* editor, int to)
    {
        if (to < 0 || to > editor->Length || to == editor->Cursor)
        {
            return EditorAnswer.Nothing;
        }

        editor->Cursor = to;
        return EditorAnswer.Redraw;
    }

    private static EditorAnswer Backspace(LineEditor* editor) =>
        editor->Cursor == 0 ? EditorAnswer.Nothing : Cut(editor, editor->Cursor - 1, editor->Cursor);

    private static EditorAnswer Delete(LineEditor* editor) =>
        editor->Cursor == editor->Length ? EditorAnswer.Nothing : Cut(editor, editor->Cursor, editor->Cursor + 1);

    private static EditorAnswer Cut(LineEditor* editor, int from, int to)
    {
        for (int i = to; i < editor->Length; i++)
        {
            editor->Line[from + i - to] = editor->Line[i];
        }

        editor->Length -= to - from;
        editor->Cursor = from;
        return EditorAnswer.Redraw;
    }

    private static int WordStart(LineEditor* editor)
    {
        int at = editor->Cursor;
        while (at > 0 && editor->Line[at - 1] == ' ')
        {
            at--;
        }

        while (at > 0 && editor->Line[at - 1] != ' ')
        {
            at--;
        }

        return at;
    }

    // An empty line, or the same as before, is not worth a place.
    private static void Remember(LineEditor* editor)
    {
        if (editor->Length == 0 || (editor->_entered != 0 && IsKept(editor, 1)))
        {
            return;
        }

        int slot = editor->_entered++ % HistoryCount;
        editor->_lengths[slot] = editor->Length;
        for (int i = 0; i < editor->Length; i++)
        {
            editor->_history[(slot * Capacity) + i] = editor->Line[i];
        }
    }

    private static bool IsKept(LineEditor* editor, int back)
    {
        int slot = (editor->_entered - back) % HistoryCount;
        bool same = editor->_lengths[slot] == editor->Length;
        for (int i = 0; same && i < editor->Length; i++)
        {
            same = editor->_history[(slot * Capacity) + i] == editor->Line[i];
        }

        return same;
    }

    private static EditorAnswer Recall(LineEditor* editor, int back)
    {
        int kept = editor->_entered < HistoryCount ? editor->_entered : HistoryCount;
        if (back < 0 || back > kept)
        {
            return EditorAnswer.Nothing;
        }

        editor->_back = back;
        editor->Length = 0;
        if (back != 0)
        {
            int slot = (editor->_entered - back) % HistoryCount;
            editor->Length = editor->_lengths[slot];
            for (int i = 0; i < editor->Length; i++)
            {
                editor->Line[i] = editor->_history[(slot * Capacity) + i];
            }
        }

        editor->Cursor = editor->Length;
        return EditorAnswer.Redraw;
    }
}
