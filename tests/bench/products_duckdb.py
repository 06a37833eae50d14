"""BACI files to a coded parquet panel by duckdb, for tests/bench/products.ts: python products_duckdb.py FOLDER OUT"""
import glob
import json
import resource
import sys
import time

import duckdb

folder, out = sys.argv[1:3]
connection = duckdb.connect()
connection.execute("set threads = 2")
started = time.perf_counter()
countries = glob.glob(f"{folder}/country_codes_*.csv")[0]
products = glob.glob(f"{folder}/product_codes_*.csv")[0]
connection.execute(
    f"create table c as select country_code as code, (row_number() over (order by country_iso3) - 1)::int as n from read_csv('{countries}')"
)
connection.execute(
    f"create table p as select code::int as code, (row_number() over (order by code) - 1)::int as n from read_csv('{products}')"
)
width = connection.execute("select count(*) from p").fetchone()[0]
files = sorted(glob.glob(f"{folder}/BACI_*.csv"))
periods = len(files)
rows = 0
for year, path in enumerate(files):
    connection.execute(
        f"""copy (select (e.n * {width} + p.n)::int as exporter_product,
          ((m.n * {width} + p.n) * {periods} + {year})::int as importer_product_year,
          (e.n * {periods} + {year})::int as exporter_year, v as value
        from read_csv('{path}', header = true, columns = {{'t': 'INTEGER', 'i': 'INTEGER', 'j': 'INTEGER', 'k': 'INTEGER', 'v': 'DOUBLE', 'q': 'VARCHAR'}}) f
        join c e on e.code = f.i join c m on m.code = f.j join p on p.code = f.k)
        to '{out}/{year}.parquet' (format parquet, compression lz4_raw)"""
    )
total = connection.execute(f"select count(*), sum(value) from '{out}/*.parquet'").fetchone()
print(
    json.dumps(
        {
            "version": duckdb.__version__,
            "rows": total[0],
            "value": total[1],
            "seconds": time.perf_counter() - started,
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    )
)
