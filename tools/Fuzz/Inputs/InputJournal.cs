// How far the process that takes inputs has come: in a file, for it may end at any input.
using System.IO.MemoryMappedFiles;

namespace Nestor.Tools.Fuzz.Inputs;

/// <summary>Numbers that outlive a process.</summary>
public sealed class InputJournal : IDisposable
{
    private const int NumberAt = 0;
    private const int TakenAt = 8;
    private const int Size = 16;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Opens a journal, or begins one.</summary>
    public InputJournal(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Size);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>The input that is being taken, or would be next.</summary>
    public long Number
    {
        get => _view.ReadInt64(NumberAt);
        set => _view.Write(NumberAt, value);
    }

    /// <summary>How many were taken, and not refused.</summary>
    public long Taken
    {
        get => _view.ReadInt64(TakenAt);
        set => _view.Write(TakenAt, value);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
