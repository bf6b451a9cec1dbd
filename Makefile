# make up      set up, build, start Apus and deploy an example
# make test    set up and run every test
# make down    stop what `make up` started

SHELL := /bin/bash
BUILD_FLAGS := --disable-index-store --explicit-target-dependency-import-check error

.PHONY: up down build test setup format

setup:
	@Tools/setup

build: setup
	swift build -c release --product apus --static-swift-stdlib $(BUILD_FLAGS) -Xswiftc -gnone

up: build
	@Tools/devtool up

down:
	@Tools/devtool down

test: setup
	@Tools/devtool test

format:
	@Tools/devtool fmt
