// Looks an address up in the symbol table that the build puts into the image; tools/Build/SymbolTable.cs describes it
// and writes it. From front to back: that is slow, small, and needs no order to be right in a machine that is broken.

namespace Nestor.Kernel;

/// <summary>What an address belongs to. A length of 0 means that the table does not say.</summary>
public unsafe struct Symbol
{
    /// <summary>Where the method starts.</summary>
    public ulong Start;

    public byte* Type;
    public ulong TypeLength;
    public byte* Name;
    public ulong NameLength;
    public byte* File;
    public ulong FileLength;

    /// <summary>The line in the file, or 0.</summary>
    public ulong Line;

    /// <summary>Finds the method and the line of an address.</summary>
    /// <param name="symbol">What is found.</param>
    /// <param name="table">The table.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="text">Where the image's code starts.</param>
    /// <param name="address">The address.</param>
    public static void Find(Symbol* symbol, byte* table, ulong size, ulong text, ulong address)
    {
        symbol->Start = text;
        symbol->TypeLength = 0;
        symbol->NameLength = 0;
        symbol->FileLength = 0;
        symbol->Line = 0;

        var reader = new SymbolReader(table, size);
        byte* types = reader.At;
        SkipTexts(ref reader);
        byte* files = reader.At;
        SkipTexts(ref reader);
        ulong type = 0;
        byte* lines = reader.At;
        ulong linesSize = 0;
        ulong start = text;
        for (ulong count = reader.Number(); count != 0 && !reader.IsAtEnd; count--)
        {
            start += reader.Number() * 4;
            if (start > address)
            {
                break;
            }

            symbol->Start = start;
            type = reader.Number();
            symbol->NameLength = reader.Number();
            symbol->Name = reader.Take(ref symbol->NameLength);
            linesSize = reader.Number();
            lines = reader.Take(ref linesSize);
        }

        if (type != 0)
        {
            symbol->Type = Text(types, table + size, type - 1, ref symbol->TypeLength);
        }

        ulong file = FindLine(symbol, lines, linesSize, address);
        if (symbol->Line != 0)
        {
            symbol->File = Text(files, table + size, file, ref symbol->FileLength);
        }
    }

    /// <summary>Sets the line, and answers which file it is in.</summary>
    private static ulong FindLine(Symbol* symbol, byte* lines, ulong size, ulong address)
    {
        var reader = new SymbolReader(lines, size);
        ulong at = symbol->Start;
        ulong file = 0;
        while (!reader.IsAtEnd)
        {
            ulong step = reader.Number();
            at += (step >> 1) * 4;
            if (at > address)
            {
                break;
            }

            if ((step & 1) != 0)
            {
                file = reader.Number();
            }

            ulong difference = reader.Number();
            symbol->Line += (difference >> 1) ^ (0 - (difference & 1));
        }

        return file;
    }

    private static void SkipTexts(ref SymbolReader reader)
    {
        for (ulong count = reader.Number(); count != 0 && !reader.IsAtEnd; count--)
        {
            ulong length = reader.Number();
            reader.Take(ref length);
        }
    }

    private static byte* Text(byte* texts, byte* end, ulong index, ref ulong length)
    {
        var reader = new SymbolReader(texts, (ulong)(end - texts));
        length = 0;
        if (index >= reader.Number())
        {
            return texts;
        }

        byte* text = texts;
        for (ulong i = 0; i <= index; i++)
        {
            length = reader.Number();
            text = reader.Take(ref length);
        }

        return text;
    }
}
