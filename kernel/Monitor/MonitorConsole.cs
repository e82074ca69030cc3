// The monitor on the serial console. It is fed byte by byte by the interrupt of the host's UART and runs a command when its
// line is complete, so that guests go on meanwhile, on this CPU too. It needs nothing that a stuck guest can hold; what a stuck
// CPU can hold, it waits for a bounded time.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The prompt: opened by the escape key, left by it again.</summary>
public static unsafe class MonitorConsole
{
    /// <summary>The key that speaks to Nestor instead of the guest: Ctrl-] unless `escape=` on Nestor's command line says another.</summary>
    public static byte Escape = 0x1d;

    /// <summary>The ASCII code of the last control character.</summary>
    public const ulong LastControl = 0x1f;

    private static LineEditor s_editor;
    private static LineCopy s_line;
    private static Words s_words;
    private static bool s_isFresh;
    private static bool s_isShown;

    /// <summary>Input goes to the monitor.</summary>
    public static bool IsOpen { get; private set; }

    private static LineEditor* Editor => (LineEditor*)Unsafe.AsPointer(ref s_editor);

    /// <summary>A byte from the console. False when it is not for the monitor.</summary>
    public static bool Take(byte value)
    {
        if (!IsOpen)
        {
            if (value != Escape)
            {
                return false;
            }

            Open();
            return true;
        }

        bool isFirst = s_isFresh;
        s_isFresh = false;
        if (value == Escape)
        {
            Close();
            if (isFirst)
            {
                GuestConsole.Type(value);
            }
        }
        else if (isFirst && value >= '1' && value < '1' + Machines.Count && Machines.Count > 1)
        {
            Close();
            FocusCommand.Choose(value - (uint)'1');
        }
        else
        {
            Edit(value);
        }

        return true;
    }

    /// <summary>Input goes to the guest again.</summary>
    public static void Close()
    {
        bool locked = Console.TryLock();
        s_isShown = false;
        IsOpen = false;
        Console.WriteLine();
        Console.Unlock(locked);
    }

    /// <summary>Somebody else is about to print a line: the prompt makes room. Under the console's lock.</summary>
    public static void Hide()
    {
        if (s_isShown)
        {
            Console.Write("\r\x1b[K"u8);
        }
    }

    /// <summary>The prompt and what was typed so far. Under the console's lock.</summary>
    public static void Show()
    {
        if (!s_isShown)
        {
            return;
        }

        Console.Write("\r\x1b[K"u8);
        Prompt();
        LineEditor* editor = Editor;
        for (int i = 0; i < editor->Length; i++)
        {
            Console.Write(editor->Line[i]);
        }

        if (editor->Cursor < editor->Length)
        {
            Console.Write("\x1b["u8);
            Console.WriteDecimal((ulong)(editor->Length - editor->Cursor));
            Console.Write((byte)'D');
        }
    }

    /// <summary>A vCPU has stopped by itself and is held: says so, and what it does next, whether or not the monitor is open.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="isOut">Whether it is out of its CPU; else nobody can read what it does next.</param>
    internal static void Tell(VirtualCpu* vcpu, bool isOut)
    {
        ReadOnlySpan<byte> next = isOut ? CodeOutput.TextOfNext(vcpu) : default;
        bool locked = Console.TryLock();
        Hide();
        Console.BeginMessage();
        Console.Write(VirtualMachine.NameOf(vcpu->Machine));
        Console.Write((byte)'/');
        Console.WriteDecimal(vcpu->Index);
        Console.Write(What(vcpu->Debug->Stop));
        if (vcpu->Debug->StopNumber != 0)
        {
            Console.WriteDecimal(vcpu->Debug->StopNumber);
            Console.Write(" at "u8);
        }

        Console.WriteHex(vcpu->Pc, 16);
        Console.Write(", "u8);
        Console.Write(VcpuCommand.Level(vcpu));
        SymbolOutput.Write(vcpu);
        if (next.Length != 0)
        {
            Console.Write(": "u8);
            Console.Write(next);
        }

        Console.WriteLine();
        Console.EndMessage();
        Show();
        Console.Unlock(locked);
    }

    private static ReadOnlySpan<byte> What(DebugStop stop)
    {
        switch (stop)
        {
            case DebugStop.Step: return ": stepped to "u8;
            case DebugStop.Breakpoint: return ": breakpoint "u8;
            default: return ": watchpoint "u8;
        }
    }

    private static void Open()
    {
        LineEditor.Clear(Editor);
        IsOpen = true;
        s_isFresh = true;
        GuestConsole.Settle();
        bool locked = Console.TryLock();
        Console.WriteLine();
        Console.Unlock(locked);
        Ready();
    }

    private static void Ready()
    {
        if (IsOpen)
        {
            bool locked = Console.TryLock();
            s_isShown = true;
            Show();
            Console.Unlock(locked);
        }
    }

    private static void Prompt()
    {
        Console.Write("nestor"u8);
        VirtualCpu* vcpu = Session.Vcpu;
        if (vcpu != null)
        {
            Console.Write((byte)' ');
            Console.Write(VirtualMachine.NameOf(vcpu->Machine));
            Console.Write((byte)'/');
            Console.WriteDecimal(vcpu->Index);
        }

        Console.Write("> "u8);
    }

    // The line and the screen change together, under the lock: another CPU that prints shows the line anew.
    private static void Edit(byte value)
    {
        bool locked = Console.TryLock();
        EditorAnswer answer = LineEditor.Take(Editor, value);
        switch (answer)
        {
            case EditorAnswer.Echo:
                Console.Write(value);
                break;
            case EditorAnswer.Redraw:
                Show();
                break;
            case EditorAnswer.Complete:
                Complete();
                break;
        }

        Console.Unlock(locked);
        switch (answer)
        {
            case EditorAnswer.Enter:
                Enter();
                break;
            case EditorAnswer.Leave:
                Close();
                break;
        }
    }

    // The possible ends are listed when there is more than one and they have nothing more in common.
    private static void Complete()
    {
        LineEditor* editor = Editor;
        int before = editor->Length;
        if (Completion.Complete(editor) > 1 && editor->Length == before)
        {
            Console.WriteLine();
            Completion.List(editor);
            Console.WriteLine();
        }

        Show();
    }

    private static void Enter()
    {
        LineEditor* editor = Editor;
        byte* line = ((LineCopy*)Unsafe.AsPointer(ref s_line))->Text;
        int length = editor->Length;
        for (int i = 0; i < length; i++)
        {
            line[i] = editor->Line[i];
        }

        bool locked = Console.TryLock();
        s_isShown = false;
        Console.WriteLine();
        Console.Unlock(locked);
        LineEditor.Clear(editor);
        Run(line, length);
        Ready();
    }

    /// <summary>Runs a line and writes what it says.</summary>
    public static void Run(byte* line, int length)
    {
        Words* words = (Words*)Unsafe.AsPointer(ref s_words);
        Words.Split(words, line, length);
        bool isJson = Words.Is(words, 0, "json"u8);
        if (isJson)
        {
            Words.Shift(words);
        }

        if (words->Count == 0 && !isJson)
        {
            return;
        }

        Begin(words->Count == 0 ? "json"u8 : Words.At(words, 0), isJson);
        if (words->Count == 0)
        {
            Output.Error("json stands in front of a command"u8);
        }
        else if (!CommandTable.Run(words))
        {
            Output.Error("unknown command (try help):"u8, Words.At(words, 0));
        }

        Output.End();
    }

    // A pair of quotes is a word without letters.
    private static void Begin(ReadOnlySpan<byte> name, bool isJson) =>
        Output.Begin(name.IsEmpty ? null : (byte*)Unsafe.AsPointer(in name[0]), name.Length, isJson);

    private struct LineCopy
    {
        public fixed byte Text[LineEditor.Capacity];
    }
}
