"""What the columns of FOLDER/records.csv hold, as types that hold it exactly, and what no cell can hold too."""

TYPES = {
    "count": "DECIMAL(38, 2)",
    "change": "DECIMAL(38, 2)",
    "amount": "DECIMAL(38, 10)",
    "integer": "INTEGER",
}


def columns(folder, quote='"'):
    lines = (folder / "columns.csv").read_text().splitlines()
    cells = (line.split(",") for line in lines)
    return ", ".join(["id INTEGER"] + [f"{quote}{key}{quote} {TYPES[kind]}" for key, kind in cells])
